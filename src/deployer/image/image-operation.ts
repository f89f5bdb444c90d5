import type { ImageBuild } from './image-build.ts';

/** A step that brings an image to where Fargate can pull it. */
export type ImageOperation =
  | { readonly kind: 'build-image'; readonly build: ImageBuild; readonly reference: string }
  | {
      readonly kind: 'create-repository';
      readonly repository: string;
      readonly region: string;
      /** How many images it keeps. */
      readonly keeps: number;
    }
  | {
      readonly kind: 'put-lifecycle-policy';
      readonly repository: string;
      readonly region: string;
      readonly keeps: number;
    }
  | { readonly kind: 'log-in'; readonly registry: string; readonly region: string }
  | { readonly kind: 'push-image'; readonly service: string; readonly reference: string };

/** What an operation does, in a sentence without its full stop. */
export function imageSentence(operation: ImageOperation): string {
  switch (operation.kind) {
    case 'build-image':
      return `Build the image of ${operation.build.service} for ${operation.build.platform}`;
    case 'create-repository':
      return `Create the ECR repository ${operation.repository}, which keeps its newest ${operation.keeps} images`;
    case 'put-lifecycle-policy':
      return `Let the ECR repository ${operation.repository} keep its newest ${operation.keeps} images, and no others`;
    case 'log-in':
      return `Log docker in to ${operation.registry}`;
    case 'push-image':
      return `Push ${operation.reference}`;
  }
}
