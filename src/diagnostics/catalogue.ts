import { composeCatalogue } from './catalogue/compose.ts';
import { configCatalogue } from './catalogue/config.ts';
import { fargateCatalogue } from './catalogue/fargate.ts';
import { inputCatalogue } from './catalogue/input.ts';
import { jsonCatalogue } from './catalogue/json.ts';
import { paramsCatalogue } from './catalogue/params.ts';
import { secretCatalogue } from './catalogue/secret.ts';
import { suppressionCatalogue } from './catalogue/suppression.ts';
import { transformCatalogue } from './catalogue/transform.ts';
import { yamlCatalogue } from './catalogue/yaml.ts';

/** Every finding that the tool can make, by its code. The first part of a code names its stage, or what it is about. */
export const catalogue: typeof inputCatalogue &
  typeof jsonCatalogue &
  typeof yamlCatalogue &
  typeof composeCatalogue &
  typeof paramsCatalogue &
  typeof transformCatalogue &
  typeof secretCatalogue &
  typeof fargateCatalogue &
  typeof suppressionCatalogue &
  typeof configCatalogue = {
  ...inputCatalogue,
  ...jsonCatalogue,
  ...yamlCatalogue,
  ...composeCatalogue,
  ...paramsCatalogue,
  ...transformCatalogue,
  ...secretCatalogue,
  ...fargateCatalogue,
  ...suppressionCatalogue,
  ...configCatalogue,
};
