import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { dockerHub, officialImage } from '../../fargate/images.ts';
import type { TaskContext } from '../context.ts';
import { imageOf, imagePlace } from '../image.ts';

/** Docker Hub limits the pulls of those who do not log in, by their address, which many tasks share. */
export function anonymousPulls({ containers, report }: TaskContext): void {
  const pulls = containers.flatMap((container) => {
    const image = imageOf(container);
    if (image?.registry !== dockerHub || container.fields.get('repositoryCredentials') !== undefined) return [];
    return [{ image, name: container.fields.get('image') ?? '', source: imagePlace(container) }];
  });
  const [first, ...others] = pulls.filter(({ name }, index) => index === pulls.findIndex((one) => one.name === name));
  if (first === undefined) return;
  const copies = [first, ...others].flatMap(({ image, name }) => {
    const official = officialImage(image);
    return official === undefined
      ? []
      : [`public.ecr.aws/docker/library/${official}${name.slice(name.search(/[:@]|$/))}`];
  });
  const related = others.map(({ name, source }) => ({ message: name, source }));
  report(diagnostic('transform/anonymous-pull', { count: 1 + others.length, copies }, first.source, related));
}
