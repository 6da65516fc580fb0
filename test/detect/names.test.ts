// Rules that go by a name: random values given to OpenAI's variables, and variables that frameworks publish.

import { freshKey } from '../support/keys.ts';
import { inSyntax } from '../support/line-shapes.ts';
import { seed, seeded } from '../support/random.ts';
import { blocking, scan } from '../support/scanning.ts';

const random = seeded(seed);
const VARIANTS = 30;

const ASSIGNING = [
  ...[
    'shell',
    'shell-quoted',
    'shell-inline',
    'fish',
    'powershell',
    'cmd',
    'setx',
    'dotenv',
    'dotenv-spaced',
  ],
  ...[
    'dotenv-quoted',
    'json',
    'json-tight',
    'json-nested',
    'json-escaped',
    'notebook',
    'yaml',
    'yaml-quoted',
  ],
  ...['yaml-list', 'yaml-flow', 'yaml-name-value', 'toml', 'ini', 'ini-spaced', 'javascript', 'typescript'],
  ...[
    'javascript-env',
    'javascript-member',
    'python',
    'python-environ',
    'python-client',
    'python-getenv',
    'go',
  ],
  ...[
    'csharp',
    'java',
    'properties',
    'properties-spaced',
    'dockerfile',
    'dockerfile-space',
    'dockerfile-arg',
  ],
  ...[
    'hcl',
    'tfvars',
    'ruby',
    'php',
    'php-array',
    'http-header',
    'curl',
    'url-query',
    'xml',
    'cli-flag-equals',
  ],
  'X-OpenAI-Api-Key: VALUE\n',
  'openai-api-key: VALUE\r\n',
];

describe(`random values given to OpenAI's names (KEYSCAN_TEST_SEED=${seed})`, () => {
  const ALLOWED = 0.02;
  const KEYS = 1000;

  test.each([
    ...['<alnum:32>', '<alnum:40>', '<alnum:64>', '<base64url:40>', '<base64:43>=', '<[a-z0-9]:32>'],
    ...['<hex:32>', '<hex:40>', '<hex:64>'],
  ])('%s is told from words', (form) => {
    const values = Array.from({ length: KEYS }, () => freshKey(form, random));
    const missed = values.filter((value) => blocking(scan(`OPENAI_API_KEY=${value}\n`)).length === 0);
    expect(missed.length / KEYS).toBeLessThanOrEqual(ALLOWED);
  });

  const forms = ['<alnum:32>', '<base64url:40>', '<alnum:64>'];
  /** One that is found in the simplest syntax: what remains is the syntax. */
  const foundable = (form: string): string => {
    const value = freshKey(form, random);
    return blocking(scan(`OPENAI_API_KEY=${value}\n`)).length > 0 ? value : foundable(form);
  };

  test.each(ASSIGNING)('%s', (syntax) => {
    const wrong = forms.flatMap((form) =>
      Array.from({ length: VARIANTS }, () => {
        const { before, key, after } = inSyntax(syntax, foundable(form));
        const [found, ...more] = blocking(scan(before + key + after));
        const line = before.split('\n').length;
        const column = before.length - before.lastIndexOf('\n');
        if (found === undefined) return `${form}: not found`;
        if (more.length > 0 || found.ruleId !== 'openai-assigned-secret')
          return `${form}: ${[found, ...more].map(({ ruleId }) => ruleId)}`;
        return found.span.line === line && found.span.column === column ? [] : `${form}: wrong place`;
      }),
    );
    expect([...new Set(wrong.flat())]).toEqual([]);
  });
});

describe('what a framework gives to every visitor', () => {
  const prefixes = ['NEXT_PUBLIC_', 'VITE_', 'REACT_APP_', 'EXPO_PUBLIC_', 'NUXT_PUBLIC_'];
  const writes: ((name: string) => string)[] = [
    (name) => `${name}=\n`,
    (name) => `const apiKey = process.env.${name};\n`,
    (name) => `const apiKey = import.meta.env.${name};\n`,
    (name) => `ENV ${name}=\${${name}}\n`,
    (name) => `        env:\n          ${name}: \${{ secrets.OPENAI_API_KEY }}\n`,
  ];

  test.each(prefixes)('%s', (prefix) => {
    for (const name of [
      'OPENAI_API_KEY',
      'AZURE_OPENAI_API_KEY',
      'OPENAI_KEY',
      'OPENAI_SECRET',
      'OPENAI_TOKEN',
    ]) {
      const found = writes.map((write) => scan(write(prefix + name)).map(({ ruleId }) => ruleId));
      expect(found.map((rules) => rules.includes('openai-client-exposure'))).toEqual(writes.map(() => true));
    }
  });

  test.each(prefixes)('%s with nothing secret', (prefix) => {
    for (const name of ['OPENAI_MODEL', 'OPENAI_BASE_URL', 'OPENAI_ORG_ID', 'API_URL', 'OPENAI_MAX_TOKENS']) {
      const found = writes.slice(0, 3).flatMap((write) => scan(write(prefix + name)));
      expect(found.map(({ ruleId }) => ruleId)).toEqual([]);
    }
  });

  test('with a key in it, the key is what is told', () => {
    for (const prefix of prefixes) {
      expect(
        blocking(scan(`${prefix}OPENAI_API_KEY=${freshKey('F11', random)}\n`)).map(({ ruleId }) => ruleId),
      ).toContain('openai-project-key');
    }
  });
});
