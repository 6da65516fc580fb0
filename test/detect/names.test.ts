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

/** One that is found in the simplest syntax: what remains is the syntax. */
const foundable = (form: string): string => {
  const value = freshKey(form, random);
  return blocking(scan(`OPENAI_API_KEY=${value}\n`)).length > 0 ? value : foundable(form);
};

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

describe('how sure a value is of itself', () => {
  const alnum = () => freshKey('<[a-z]:1><digit:1><[A-Z]:1><alnum:29>', random);
  /** The surest of several, as one random value in fifty looks like words. */
  const surest = (write: (value: string) => string, form?: string): string | undefined =>
    ['likely', 'possible'].find((confidence) =>
      Array.from({ length: 10 }, () => scan(`${write(form ? freshKey(form, random) : alnum())}\n`))
        .flat()
        .some((found) => found.ruleId === 'openai-assigned-secret' && found.confidence === confidence),
    );

  test.each([
    ['32 characters', '<alnum:32>', 'likely'],
    ['32 hexadecimal digits', '<hex:32>', 'likely'],
    // Half an id of a commit, a colour and a date are written so.
    ['24 hexadecimal digits', '<hex:24>', 'possible'],
    ['18 characters', '<alnum:18>', 'possible'],
    ['12 characters', '<alnum:12>', undefined],
  ])('%s: %s is %s', (_, form, expected) =>
    expect(surest((value) => `OPENAI_API_KEY=${value}`, form)).toBe(expected),
  );

  test.each<[name: string, write: (value: string) => string, expected: string | undefined]>([
    [
      'sent to a gateway that is not OpenAI',
      (value) => `openai.base_url = "https://openrouter.ai/api"\nOPENAI_API_KEY=${value}`,
      'possible',
    ],
    ['below the name, where it is still open', (value) => `openai_api_key:\n  ${value}`, 'likely'],
    [
      'below a line of `grep -n`, which ends in a number',
      (value) => `openai_api_key:125\n${value}`,
      undefined,
    ],
  ])('%s', (_, write, expected) => expect(surest(write)).toBe(expected));

  test('however many other values there are', () => {
    const values = Array.from({ length: 5000 }, () => `OPENAI_KEY_ID=${alnum()}\n`).join('');
    expect(surest((value) => `${values}OPENAI_API_KEY=${value}`)).toBe('likely');
  });
});

// VALUE looks random; what stands before it says whose it is.
describe('what a value is given to', () => {
  const value = foundable('<alnum:32>');
  const given = (text: string) =>
    scan(
      `${text.replaceAll('VALUE', value).replace('HEAD', value.slice(0, 12)).replace('TAIL', value.slice(12))}\n`,
    ).find(({ ruleId }) => ruleId === 'openai-assigned-secret');

  test.each([
    // By its name, or the name of what is called with it.
    ...['OPENAI_API_KEY=VALUE', 'openaiKey("VALUE")', '*OPENAI_KEY*: `VALUE`', 'tool --openai-api-key VALUE'],
    ...[
      'openai.NewClient("VALUE")',
      'new OpenAI("VALUE")',
      'openai::Client::new("VALUE")',
      '"OpenAI:Key": "VALUE"',
    ],
    ...[
      'openai.OpenAI("VALUE")',
      'OPENAI_API_KEY = token "VALUE"',
      'openai_key = f"VALUE"',
      'OPENAI_KEY\tVALUE',
    ],
    // By a name that anything could have, inside another, or where only OpenAI is spoken of.
    ...[
      'name: OPENAI_API_KEY\nvalue: VALUE',
      'openai_key {\n  default = "VALUE"',
      'openai:\n  api_key: VALUE',
    ],
    ...[
      '<add key="OpenAI:ApiKey" value="VALUE" />',
      'set --name OPENAI-API-KEY --value VALUE',
      '# openai\nkey = VALUE',
    ],
    ...[
      'self.api_key = "VALUE" # openai',
      'OpenAI(SecretStr("VALUE"))',
      'openai_key = String::from("VALUE")',
    ],
    ...[
      'openai.NewClient(option.WithAPIKey("VALUE"))',
      'openai --api-key VALUE',
      '# openai\nAuthorization: Bearer VALUE',
    ],
    ...['openai_api_key: |\n  VALUE', 'const key = process.env.OPENAI_API_KEY || "VALUE"'],
  ])('%j: a credential', (text) => expect(given(text)?.confidence).toBe('likely'));

  test.each([
    ...[
      'OPENAI_MODEL=VALUE',
      'OPENAI_API_KEY_ID=VALUE',
      'openai_key_file: VALUE',
      'API_KEY=VALUE',
      'key = VALUE',
    ],
    ...[
      'openai.evals.retrieve("VALUE")',

      'mistral.api_key = "VALUE" # openai',
    ],
    ...['# openai\nname = VALUE', '# openai\nvalue = VALUE', '# openai\nkey VALUE', '# openai\n--name VALUE'],
    ...[
      'name: OPENAI_MODEL\nvalue: VALUE',
      'set --name openai-model --value VALUE',
      '{"openai": {"text": "VALUE"}}',
    ],
    ...[
      'openai_model = String::from("VALUE")',
      'OPENAI_API_KEY: ENC[AES256_GCM,data:VALUE',
      '-- key VALUE openai',
    ],
    ...['# openai\n= VALUE', 'openai_api_key:125\nVALUE', '# openai\npassword_hash: VALUE', 'openai VALUE'],
    // Five names further out, and further than a line or two.
    ...['openai_key one two six ten value: VALUE', `openai_key${' '.repeat(200)}value: VALUE`],
    // What is put together of pieces looks random without being secret.
    'openai_key = "HEAD" + "TAIL"',
  ])('%j: none', (text) => expect(given(text)).toBeUndefined());
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

  test.each([
    ['dangerouslyAllowBrowser: true', 1],
    ['"dangerouslyAllowBrowser": true', 1],
    // As a minifier writes it.
    ['dangerouslyAllowBrowser:!0', 1],
    ['dangerouslyAllowBrowser: false', 0],
    ['dangerouslyAllowBrowser: isTest', 0],
    ['dangerouslyAllowBrowserless: true', 0],
  ])('the switch of the client, %s', (option, count) => {
    const found = scan(`new OpenAI({ apiKey, ${option} }); // of the openai package\n`);
    expect(found.map(({ ruleId, confidence }) => `${ruleId} ${confidence}`)).toEqual(
      Array.from({ length: count }, () => 'openai-client-exposure possible'),
    );
  });

  // Written out, keyscan would find them here.
  const named = (text: string): string => `a ${text.replaceAll('NAME', `${prefixes[1]}OPENAI_KEY`)}\n`;

  test.each([
    ...['NAME=', '"NAME": ""', "'NAME' : 1", 'process.env.NAME'],
    ...["process.env['NAME']", 'os.environ["NAME"]', 'os.environ(`NAME`)'],
  ])('set or read: %s', (text) =>
    expect(scan(named(text))).toMatchObject([
      { ruleId: 'openai-client-exposure', confidence: 'likely', preview: `${prefixes[1]}OPENAI_KEY` },
    ]),
  );

  test.each(['of NAME nothing', '`NAME`', 'env.x NAME', 'use("NAME")', 'NAME, if it is there = 1'])(
    'written about: %s',
    (text) =>
      expect(scan(named(text))).toMatchObject([{ ruleId: 'openai-client-exposure', confidence: 'possible' }]),
  );

  test.each([
    'MY_VITE_OPENAI_KEY=',
    'VITE_KEY_OPENAI=',
    'VITE_OPENAI_KEYBOARD=',
    'VITE_OPENAI_KEY_ID=',
    'VITE_AI_KEY=#openai',
  ])('of another name: %s', (text) => expect(scan(`${text}\n`)).toEqual([]));

  test('with a key in it, the key is what is told', () => {
    for (const prefix of prefixes) {
      expect(
        blocking(scan(`${prefix}OPENAI_API_KEY=${freshKey('F11', random)}\n`)).map(({ ruleId }) => ruleId),
      ).toContain('openai-project-key');
    }
  });
});
