import { diagnostic } from '../diagnostics/diagnostic.ts';
import { type ImageName, imageName } from '../fargate/images.ts';
import { child, entriesOf, stringOf } from '../source/node.ts';
import type { Source } from '../source/source.ts';
import type { ContainerConcern, ContainerContext } from './context.ts';
import { formatTarget, imageTarget } from './image-target.ts';
import { originFrom } from './task.ts';

/** `image`. A service that is only built has nothing to run. */
export const image: ContainerConcern = ({ service, fields }, { project, options, report }) => {
  const node = child(service.node, 'image');
  const name = stringOf(node);
  const build = service.node.entries.get('build');
  if (options.build && build !== undefined) {
    const target = formatTarget(imageTarget(project.name, service), options.region);
    fields.put('image', target, { source: node?.source ?? build.key, rule: 'the image that is built here' });
  } else if (node !== undefined && name !== undefined) fields.put('image', name, originFrom(node));
  else {
    const cause = entriesOf(service.node).find(([key]) => key === 'build' || key === 'provider');
    const source = cause?.[1].key ?? service.key;
    fields.origin('image', { source });
    // A provider in place of an image is refused as such.
    if (cause?.[0] !== 'provider') report(diagnostic('transform/build-only', { service: service.name }, source));
  }
};

/** The name of a container's image, in its parts; undefined for a service that is only built. */
export function imageOf({ fields }: ContainerContext): ImageName | undefined {
  const image = fields.get('image');
  return image === undefined ? undefined : imageName(image);
}

/** Where the image of a container is named. */
export function imagePlace({ service }: ContainerContext): Source {
  return child(service.node, 'image')?.source ?? service.key;
}
