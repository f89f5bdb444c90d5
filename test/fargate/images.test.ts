import { describe, expect, it } from 'vitest';
import { imageName, officialImage } from '../../src/fargate/images.ts';

describe('the name of an image', () => {
  it.each([
    ['nginx', { registry: 'docker.io', repository: 'library/nginx' }],
    ['nginx:1.27', { registry: 'docker.io', repository: 'library/nginx', tag: '1.27' }],
    ['library/nginx', { registry: 'docker.io', repository: 'library/nginx' }],
    ['docker.io/nginx:1', { registry: 'docker.io', repository: 'library/nginx', tag: '1' }],
    ['index.docker.io/bitnami/redis', { registry: 'docker.io', repository: 'bitnami/redis' }],
    ['shop/web@sha256:abc', { registry: 'docker.io', repository: 'shop/web' }],
    ['shop/web:1@sha256:abc', { registry: 'docker.io', repository: 'shop/web', tag: '1' }],
    ['localhost/web', { registry: 'localhost', repository: 'web' }],
    ['localhost:5000/web:2', { registry: 'localhost:5000', repository: 'web', tag: '2' }],
    ['ghcr.io/a/b/c:3', { registry: 'ghcr.io', repository: 'a/b/c', tag: '3' }],
    ['123456789012.dkr.ecr.us-east-1.amazonaws.com/web', expect.objectContaining({ repository: 'web' })],
  ])('%s', (image, parts) => expect(imageName(image)).toEqual(parts));
});

it.each([
  ['mysql:8', 'mysql'],
  ['docker.io/library/mysql', 'mysql'],
  ['public.ecr.aws/docker/library/mysql:8', 'mysql'],
  ['bitnami/mysql', undefined],
  ['ghcr.io/library/mysql', undefined],
  ['public.ecr.aws/nginx/nginx', undefined],
])('the official image that %s is: %s', (image, expected) => expect(officialImage(imageName(image))).toBe(expected));
