import { diagnostic, type Report } from '../../diagnostics/diagnostic.ts';
import { readBy, scalar } from '../../source/build.ts';
import { numberOf } from '../../source/node.ts';
import { sourceText } from '../../source/source.ts';
import { ofScalar, pathText, type Rewrite } from './path.ts';
import { scalarText } from './plain.ts';

/** A whole number: the fraction of another is dropped, as Docker Compose does. */
export const wholeNumber: Rewrite = ofScalar((node) =>
  node.type === 'float' ? readBy('whole number', node, Math.trunc(Number(node.value)), 'int') : node,
);

/** A text, or a number written without a fraction and an exponent. */
export function textOrInteger(report: Report): Rewrite {
  return ofScalar((node, path) => {
    const wrong = { path: pathText(path), text: sourceText(node.source), type: 'int' } as const;
    if (node.type === 'float') report(diagnostic('compose/wrong-type', wrong, node.source, node.related));
    return node;
  });
}

/** A whole number from 0 on, which no text can stand for. */
export function count(report: Report): Rewrite {
  return ofScalar((node, path) => {
    if (typeof node.value !== 'string' && Number(node.value) >= 0) return wholeNumber(node, path);
    const wrong = { path: pathText(path), text: scalarText(node), type: 'int' } as const;
    report(diagnostic('compose/wrong-type', wrong, node.source, node.related));
    return node;
  });
}

/** A number, or a text that holds one. */
export function number(report: Report): Rewrite {
  return ofScalar((node, path) => {
    if (typeof node.value !== 'string') return node;
    const value = Number(node.value);
    if (node.value.trim() !== '' && Number.isFinite(value)) return { ...node, ...scalar(value, node) };
    const wrong = { path: pathText(path), text: node.value, type: 'float' } as const;
    report(diagnostic('compose/wrong-type', wrong, node.source, node.related));
    return node;
  });
}

/** A number as one of 32 bits holds it, in the fewest digits that tell it from its neighbours. */
export function singlePrecision(report: Report): Rewrite {
  const read = number(report);
  return (node, path) => {
    const amount = read(node, path);
    const value = numberOf(amount);
    if (amount?.kind !== 'scalar' || value === undefined) return amount;
    for (let digits = 1; digits < 10; digits += 1) {
      const rounded = Number(Math.fround(value).toPrecision(digits));
      if (Math.fround(rounded) !== Math.fround(value)) continue;
      return rounded === value ? amount : readBy('number of single precision', amount, rounded);
    }
    return amount;
  };
}

/** How many devices: a number, or `all` of them. */
export function deviceCount(report: Report): Rewrite {
  const read = number(report);
  return (node, path) =>
    node.kind === 'scalar' && node.value === 'all' ? readBy('all devices', node, -1, 'int') : read(node, path);
}
