// A detector and sources small enough to see through.

import type { Blob, Confidence, Detection, Detector, Item, Severity, Source } from '../../src/model.ts';

/** Finds every `{fingerprint}`, or `{fingerprint rule severity confidence}`; masks the fingerprint. */
export const detector: Detector = {
  rulesHash: 'hash',
  parts: undefined,
  sieve: { reach: 0, holdsContent: () => true, holdsLiteral: () => true },
  open() {
    let text = '';
    return {
      push: (chunk) => {
        text += Buffer.from(chunk).toString('latin1');
      },
      end: () => found(text),
      directives: () => [],
      isEmpty: () => !text.startsWith('sk-proj-') && found(text).length === 0,
    };
  },
  mask: (text) => text.replace(/\{[^}]*\}/g, '{…}'),
  describe: (id) => ({
    id,
    title: `Title of ${id}`,
    severity: 'high',
    confidence: 'certain',
    summary: `What ${id} opens.`,
    advice: [`Revoke ${id}.`, 'Store.'],
    links: [],
  }),
};

function found(text: string): Detection[] {
  return [...text.matchAll(/\{([^}]*)\}/g)].map((match) => detection(text, match.index, match[1] ?? ''));
}

function detection(text: string, at: number, words: string): Detection {
  const [fingerprint = '', ruleId = 'rule', severity = 'high', confidence = 'certain'] = words.split(' ');
  const line = text.slice(0, at).split('\n').length;
  const column = at - text.lastIndexOf('\n', at - 1);
  return {
    ruleId,
    severity: severity as Severity,
    confidence: confidence as Confidence,
    fingerprint,
    preview: `${fingerprint}…`,
    span: { line, column, endLine: line, endColumn: column + words.length + 2 },
    decoded: [],
  };
}

export function blob(content: string | Error, ...paths: string[]): Blob {
  async function* read(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(content instanceof Error ? '{first}' : content, 'latin1');
    if (content instanceof Error) throw content;
  }
  return {
    kind: 'blob',
    places: paths.map((path) => ({ path, origin: { kind: 'file' }, previous: [] })),
    content: read(),
  };
}

/** Yields the items; an Error among them is thrown there. */
export function source(items: readonly (Item | Error)[], expected = items.length): Source {
  return {
    mode: 'files',
    range: null,
    expected: () => expected,
    async *items() {
      for (const item of items) {
        if (item instanceof Error) throw item;
        yield item;
      }
    },
  };
}
