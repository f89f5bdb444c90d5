import { isWindows, taskSize } from '../readable.ts';
import type { Rule } from '../rule.ts';

/** The definition is for Fargate, and for a platform that Fargate has. */
export const platform: Rule = (definition, find) => {
  const { requiresCompatibilities: compatibilities, runtimePlatform, ephemeralStorage } = definition;
  if (compatibilities === undefined || compatibilities.length === 0) {
    find('fargate/compatibility-unset', 'requiresCompatibilities', {});
  } else if (!compatibilities.includes('FARGATE')) {
    find('fargate/compatibility', 'requiresCompatibilities', {});
  }
  if (ephemeralStorage !== undefined && !compatibilities?.includes('FARGATE')) {
    find('fargate/ephemeral-storage', 'ephemeralStorage', {});
  }
  if (isWindows(definition) && runtimePlatform?.cpuArchitecture === 'ARM64') {
    find('fargate/arm64-windows', 'runtimePlatform.cpuArchitecture', taskSize(definition));
  }
  if (runtimePlatform?.operatingSystemFamily?.startsWith('WINDOWS_SERVER_2025')) {
    find('fargate/unconfirmed', 'runtimePlatform.operatingSystemFamily', {
      subject: 'runtimePlatform.operatingSystemFamily',
      doubt: 'the documentation of Fargate does not name Windows Server 2025.',
      instead: 'Use Windows Server 2022 if AWS refuses it.',
    });
  }
};
