import { composeCatalogue } from './catalogue/compose.ts';
import { fargateCatalogue } from './catalogue/fargate.ts';
import { inputCatalogue } from './catalogue/input.ts';
import { jsonCatalogue } from './catalogue/json.ts';
import { paramsCatalogue } from './catalogue/params.ts';
import { transformCatalogue } from './catalogue/transform.ts';
import { yamlCatalogue } from './catalogue/yaml.ts';

/** Every finding that the tool can make, by its code. The first part of a code names the stage that makes it. */
export const catalogue: typeof inputCatalogue &
  typeof jsonCatalogue &
  typeof yamlCatalogue &
  typeof composeCatalogue &
  typeof paramsCatalogue &
  typeof transformCatalogue &
  typeof fargateCatalogue = {
  ...inputCatalogue,
  ...jsonCatalogue,
  ...yamlCatalogue,
  ...composeCatalogue,
  ...paramsCatalogue,
  ...transformCatalogue,
  ...fargateCatalogue,
};
