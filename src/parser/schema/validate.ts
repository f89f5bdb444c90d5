import type { Json } from '../compose/plain.ts';
import type { SchemaError } from './errors.ts';

/** A JSON Schema (draft-07) of the keywords that `schemaErrors` knows. */
export interface Schema {
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly Json[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

/**
 * What a value is not as its schema says, as Ajv tells it. Ajv's own validator of the ecs-params schema would be as
 * large as the rest of the parser together; a test holds this one against it.
 */
export function schemaErrors(root: Schema, value: Json): readonly SchemaError[] {
  const errors: SchemaError[] = [];
  const walk = (schema: Schema, value: Json, instancePath: string): void => {
    const fail = (keyword: string, params: SchemaError['params']) => errors.push({ keyword, instancePath, params });
    if (schema.$ref !== undefined) walk(definitionAt(root, schema.$ref), value, instancePath);
    for (const part of schema.allOf ?? []) walk(part, value, instancePath);
    const { type } = schema;
    if (type !== undefined && ![type].flat().some((one) => isOfType(value, one))) fail('type', { type });
    const { enum: allowedValues } = schema;
    // The values of an enumeration are plain.
    if (allowedValues !== undefined && !allowedValues.includes(value)) fail('enum', { allowedValues });
    if (typeof value === 'number') checkNumber(schema, value, fail);
    else if (typeof value === 'string') checkString(schema, value, fail);
    else if (isList(value)) {
      if (value.length > (schema.maxItems ?? Number.POSITIVE_INFINITY)) fail('maxItems', { limit: schema.maxItems });
      for (const [index, item] of value.entries()) walk(schema.items ?? {}, item, `${instancePath}/${index}`);
    } else if (isMapping(value)) {
      for (const missingProperty of schema.required ?? []) {
        if (!Object.hasOwn(value, missingProperty)) fail('required', { missingProperty });
      }
      for (const [key, child] of Object.entries(value)) {
        const { properties = {}, additionalProperties = true } = schema;
        const known = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
        if (known === false) fail('additionalProperties', { additionalProperty: key });
        else if (typeof known === 'object') walk(known, child, `${instancePath}/${pointerStep(key)}`);
      }
    }
  };
  walk(root, value, '');
  return errors;
}

type Fail = (keyword: string, params: SchemaError['params']) => void;

function checkNumber({ minimum, maximum, exclusiveMinimum }: Schema, value: number, fail: Fail): void {
  if (minimum !== undefined && value < minimum) fail('minimum', { comparison: '>=', limit: minimum });
  if (maximum !== undefined && value > maximum) fail('maximum', { comparison: '<=', limit: maximum });
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) {
    fail('exclusiveMinimum', { comparison: '>', limit: exclusiveMinimum });
  }
}

function checkString({ minLength, maxLength, pattern }: Schema, value: string, fail: Fail): void {
  // JSON Schema counts characters, not UTF-16 units.
  const { length } = [...value];
  if (minLength !== undefined && length < minLength) fail('minLength', { limit: minLength });
  if (maxLength !== undefined && length > maxLength) fail('maxLength', { limit: maxLength });
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) fail('pattern', { pattern });
}

/** `#/definitions/name` */
function definitionAt({ definitions = {} }: Schema, reference: string): Schema {
  return definitions[reference.slice('#/definitions/'.length)] ?? {};
}

function isOfType(value: Json, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return Number.isFinite(value);
  if (type === 'array') return isList(value);
  if (type === 'object') return isMapping(value);
  return type === 'null' ? value === null : typeof value === type;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isMapping(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** A key as a step of a JSON Pointer. */
function pointerStep(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
