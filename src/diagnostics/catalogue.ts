import { composeCatalogue } from './catalogue/compose.ts';
import { fargateCatalogue } from './catalogue/fargate.ts';
import { inputCatalogue } from './catalogue/input.ts';
import { paramsCatalogue } from './catalogue/params.ts';
import { secretCatalogue } from './catalogue/secret.ts';
import { transformCatalogue } from './catalogue/transform.ts';
import { yamlCatalogue } from './catalogue/yaml.ts';

/** Every finding that the tool can make, by its code. The first part of a code names the stage that makes it,
 * or what it is about. */
export const catalogue: typeof inputCatalogue &
  typeof yamlCatalogue &
  typeof composeCatalogue &
  typeof paramsCatalogue &
  typeof transformCatalogue &
  typeof secretCatalogue &
  typeof fargateCatalogue = {
  ...inputCatalogue,
  ...yamlCatalogue,
  ...composeCatalogue,
  ...paramsCatalogue,
  ...transformCatalogue,
  ...secretCatalogue,
  ...fargateCatalogue,
};
