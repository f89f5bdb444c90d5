import { isReadable, isWindows, taskSize } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** The definition is for Fargate, and for a platform that Fargate has. */
export const platform: Rule = (definition, find) => {
  const { requiresCompatibilities: compatibilities = [], runtimePlatform, ephemeralStorage } = definition;
  if (!compatibilities.includes('FARGATE')) {
    const code = compatibilities.length === 0 ? 'fargate/compatibility-unset' : 'fargate/compatibility';
    if (isReadable(definition, 'requiresCompatibilities')) find(code, 'requiresCompatibilities', {});
    if (ephemeralStorage !== undefined) find('fargate/ephemeral-storage', 'ephemeralStorage', {});
  }
  if (isWindows(definition) && runtimePlatform?.cpuArchitecture === 'ARM64') {
    find('fargate/arm64-windows', 'runtimePlatform.cpuArchitecture', taskSize(definition));
  }
  if (runtimePlatform?.operatingSystemFamily?.startsWith('WINDOWS_SERVER_2025')) {
    find('fargate/unconfirmed', 'runtimePlatform.operatingSystemFamily', {
      subject: 'this operatingSystemFamily',
      doubt: 'the documentation of Fargate does not name Windows Server 2025',
      instead: 'Use Windows Server 2022 if AWS refuses it.',
    });
  }
};
