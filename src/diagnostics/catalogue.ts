import { composeCatalogue } from './catalogue/compose.ts';
import { configCatalogue } from './catalogue/config.ts';
import { fargateCatalogue } from './catalogue/fargate.ts';
import { inputCatalogue } from './catalogue/input.ts';
import { jsonCatalogue } from './catalogue/json.ts';
import { paramsCatalogue } from './catalogue/params.ts';
import { suppressionCatalogue } from './catalogue/suppression.ts';
import { transformCatalogue } from './catalogue/transform.ts';
import { yamlCatalogue } from './catalogue/yaml.ts';

/** Every finding that the tool can make, by its code. The first part of a code names the stage that makes it. */
export const catalogue: typeof inputCatalogue &
  typeof jsonCatalogue &
  typeof yamlCatalogue &
  typeof composeCatalogue &
  typeof paramsCatalogue &
  typeof transformCatalogue &
  typeof fargateCatalogue &
  typeof suppressionCatalogue &
  typeof configCatalogue = {
  ...inputCatalogue,
  ...jsonCatalogue,
  ...yamlCatalogue,
  ...composeCatalogue,
  ...paramsCatalogue,
  ...transformCatalogue,
  ...fargateCatalogue,
  ...suppressionCatalogue,
  ...configCatalogue,
};
