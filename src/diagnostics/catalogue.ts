import { composeConsistencyCatalogue } from './catalogue/compose-consistency.ts';
import { composeFilesCatalogue } from './catalogue/compose-files.ts';
import { composeFormCatalogue } from './catalogue/compose-form.ts';
import { composeValuesCatalogue } from './catalogue/compose-values.ts';
import { composeVariablesCatalogue } from './catalogue/compose-variables.ts';
import { configCatalogue } from './catalogue/config.ts';
import { fargateContainersCatalogue } from './catalogue/fargate-containers.ts';
import { fargateMembersCatalogue } from './catalogue/fargate-members.ts';
import { fargateTaskCatalogue } from './catalogue/fargate-task.ts';
import { inputCatalogue } from './catalogue/input.ts';
import { jsonCatalogue } from './catalogue/json.ts';
import { paramsCatalogue } from './catalogue/params.ts';
import { registryCatalogue } from './catalogue/registry.ts';
import { secretCatalogue } from './catalogue/secret.ts';
import { suppressionCatalogue } from './catalogue/suppression.ts';
import { transformAccountCatalogue } from './catalogue/transform-account.ts';
import { transformHostsCatalogue } from './catalogue/transform-hosts.ts';
import { transformImagesCatalogue } from './catalogue/transform-images.ts';
import { transformKeysCatalogue } from './catalogue/transform-keys.ts';
import { transformLifecycleCatalogue } from './catalogue/transform-lifecycle.ts';
import { transformLinuxCatalogue } from './catalogue/transform-linux.ts';
import { transformPortsCatalogue } from './catalogue/transform-ports.ts';
import { transformSecretsCatalogue } from './catalogue/transform-secrets.ts';
import { transformSizeCatalogue } from './catalogue/transform-size.ts';
import { transformStorageCatalogue } from './catalogue/transform-storage.ts';
import { yamlCatalogue } from './catalogue/yaml.ts';

/** Every finding that the tool can make, by its code. The first part of a code names its stage, or what it is about. */
export const catalogue: typeof inputCatalogue &
  typeof jsonCatalogue &
  typeof yamlCatalogue &
  typeof composeFilesCatalogue &
  typeof composeVariablesCatalogue &
  typeof composeFormCatalogue &
  typeof composeValuesCatalogue &
  typeof composeConsistencyCatalogue &
  typeof paramsCatalogue &
  typeof registryCatalogue &
  typeof transformHostsCatalogue &
  typeof transformPortsCatalogue &
  typeof transformStorageCatalogue &
  typeof transformSizeCatalogue &
  typeof transformLifecycleCatalogue &
  typeof transformImagesCatalogue &
  typeof transformSecretsCatalogue &
  typeof transformAccountCatalogue &
  typeof transformLinuxCatalogue &
  typeof transformKeysCatalogue &
  typeof secretCatalogue &
  typeof fargateMembersCatalogue &
  typeof fargateTaskCatalogue &
  typeof fargateContainersCatalogue &
  typeof suppressionCatalogue &
  typeof configCatalogue = {
  ...inputCatalogue,
  ...jsonCatalogue,
  ...yamlCatalogue,
  ...composeFilesCatalogue,
  ...composeVariablesCatalogue,
  ...composeFormCatalogue,
  ...composeValuesCatalogue,
  ...composeConsistencyCatalogue,
  ...paramsCatalogue,
  ...registryCatalogue,
  ...transformHostsCatalogue,
  ...transformPortsCatalogue,
  ...transformStorageCatalogue,
  ...transformSizeCatalogue,
  ...transformLifecycleCatalogue,
  ...transformImagesCatalogue,
  ...transformSecretsCatalogue,
  ...transformAccountCatalogue,
  ...transformLinuxCatalogue,
  ...transformKeysCatalogue,
  ...secretCatalogue,
  ...fargateMembersCatalogue,
  ...fargateTaskCatalogue,
  ...fargateContainersCatalogue,
  ...suppressionCatalogue,
  ...configCatalogue,
};
