// What stands next to a key on its line: every neighbour of reference §2.2, every syntax of issue 2 (item 4).

import { pick, type Sample } from './placed.ts';

export interface LineShape {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** A letter, digit, `-` or `_` touches the key: fine with the marker, out of bounds for keys without one. */
  readonly touching: boolean;
}

const shape = (name: string, before: string, after = '\n', touching = /[\w-]$/.test(before)): LineShape => ({
  name,
  before,
  after,
  touching: touching || /^[\w-]/.test(after),
});

/** What may follow a key directly. */
const RIGHT: Readonly<Record<string, string>> = {
  comma: ',next',
  parenthesis: ')',
  bracket: ']',
  brace: '}',
  ampersand: '&model=x',
  less: '</td>',
  greater: '>',
  dot: '. And',
  at: '@api.openai.com/v1',
  quot: '&quot;',
  'escaped-quote': '\\"',
  'escaped-newline': '\\nNEXT=1',
  'escaped-crlf': '\\r\\n',
  backslash: '\\',
  quote: '"',
  apostrophe: "'",
  backtick: '`',
  semicolon: ';',
  colon: ':',
  pipe: ' | x |',
  'bare-pipe': '|x',
  bold: '**',
  tilde: '~',
  exclamation: '!',
  question: '?',
  slash: '/chat',
  hash: '#1',
  percent: '%22}',
  'percent-ampersand': '%26x',
  dollar: '$',
  equals: '=',
  plus: '+',
  tab: '\tx',
  space: ' x',
  'carriage-return': '\r\n',
  vertical: '\v\f',
  ellipsis: '…',
  accent: 'é',
  'full-stop-cjk': '。',
  'ansi-reset': '\x1b[0m',
  'json-u-quote': '\\u0022',
  nothing: '',
};

/** What may stand before a key directly. */
const LEFT: Readonly<Record<string, string>> = {
  start: '',
  'escaped-newline': '{"log": "A=1\\n',
  'escaped-tab': '"x\\t',
  ansi: '\x1b[32m',
  'ansi-bold': 'key: \x1b[1;32m',
  KEY_: 'KEY_',
  X: 'X',
  'percent-equals': 'q=key%3D',
  'json-u-equals': '"q=key\\u003d',
  openai_: 'openai_',
  'key-': 'key-',
  'bearer-percent': 'Authorization=Bearer%20',
  'escaped-quote': '"apiKey = \\"',
  equals: 'k=',
  colon: 'k:',
  comma: 'a,',
  parenthesis: 'f(',
  bracket: '[',
  brace: '{',
  less: '<td>',
  quote: '"',
  apostrophe: "'",
  backtick: '`',
  slash: 'https://x.test/',
  at: '@',
  hash: '#',
  tab: '\t',
  dash: 'x--',
  dollar: '$',
  star: '**',
  pipe: '|',
  accent: 'clé',
  emoji: '🔑🔑 ',
  cjk: '密钥',
  digits: '12345',
};

/** The value of a name, in every syntax; `VALUE` is where it stands. */
export const SYNTAXES: Readonly<Record<string, string>> = {
  shell: 'export OPENAI_API_KEY=VALUE\n',
  'shell-quoted': 'export OPENAI_API_KEY="VALUE"\n',
  'shell-inline': "OPENAI_API_KEY='VALUE' node index.js\n",
  fish: 'set -x OPENAI_API_KEY VALUE\n',
  powershell: '$env:OPENAI_API_KEY = "VALUE"\n',
  cmd: 'set OPENAI_API_KEY=VALUE\r\n',
  setx: 'setx OPENAI_API_KEY "VALUE"\r\n',
  dotenv: 'NODE_ENV=production\nOPENAI_API_KEY=VALUE\nPORT=3000\n',
  'dotenv-spaced': 'OPENAI_API_KEY = VALUE\n',
  'dotenv-quoted': 'OPENAI_API_KEY="VALUE" # prod\n',
  json: '{\n  "openai_api_key": "VALUE",\n  "model": "gpt-4o"\n}\n',
  'json-tight': '{"OPENAI_API_KEY":"VALUE"}',
  'json-nested': '{"openai":{"apiKey":"VALUE"}}\n',
  'json-escaped': '{"body":"{\\"openai_api_key\\":\\"VALUE\\"}"}\n',
  notebook: '{"source": ["openai.api_key = \\"VALUE\\"\\n"]}\n',
  yaml: 'env:\n  OPENAI_API_KEY: VALUE\n',
  'yaml-quoted': "openai:\n  api_key: 'VALUE'\n",
  'yaml-list': 'environment:\n  - OPENAI_API_KEY=VALUE\n',
  'yaml-flow': 'env: {OPENAI_API_KEY: VALUE, X: 1}\n',
  'yaml-name-value': 'env:\n  - name: OPENAI_API_KEY\n    value: VALUE\n',
  toml: '[llm]\nopenai_api_key = "VALUE"\n',
  ini: '[openai]\napi_key=VALUE\n',
  'ini-spaced': '[llm]\nopenai_key = VALUE\n',
  javascript: 'const openai = new OpenAI({ apiKey: "VALUE" });\n',
  typescript: "export const OPENAI_API_KEY: string = 'VALUE';\n",
  'javascript-env': "process.env.OPENAI_API_KEY = 'VALUE';\n",
  'javascript-member': "process.env['OPENAI_API_KEY'] = 'VALUE';\n",
  'javascript-minified': 'new a.Configuration({apiKey:"VALUE",basePath:"https://api.openai.com/v1"})',
  python: 'openai.api_key = "VALUE"\n',
  'python-environ': 'os.environ["OPENAI_API_KEY"] = "VALUE"\n',
  'python-client': "client = OpenAI(api_key='VALUE')\n",
  'python-getenv': 'key = os.getenv("OPENAI_API_KEY", "VALUE")\n',
  go: 'const openAIKey = "VALUE"\n',
  'go-client': 'client := openai.NewClient("VALUE")\n',
  csharp: 'private const string OpenAiApiKey = "VALUE";\n',
  'csharp-client': 'var client = new OpenAIClient("VALUE");\n',
  java: 'String openaiApiKey = "VALUE";\n',
  properties: 'spring.ai.openai.api-key=VALUE\n',
  'properties-spaced': 'openai.api.key = VALUE\n',
  dockerfile: 'FROM node:20\nENV OPENAI_API_KEY=VALUE\n',
  'dockerfile-space': 'ENV OPENAI_API_KEY VALUE\n',
  'dockerfile-arg': 'ARG OPENAI_API_KEY=VALUE\n',
  hcl: 'variable "openai_api_key" {\n  default = "VALUE"\n}\n',
  tfvars: 'openai_api_key = "VALUE"\n',
  ruby: "OPENAI_API_KEY => 'VALUE'\n",
  php: "define('OPENAI_API_KEY', 'VALUE');\n",
  'php-array': "'openai_api_key' => 'VALUE',\n",
  'http-header': 'POST /v1/chat/completions HTTP/1.1\nHost: api.openai.com\nAuthorization: Bearer VALUE\n\n',
  curl: 'curl https://api.openai.com/v1/models -H "Authorization: Bearer VALUE"\n',
  'curl-continued':
    'curl https://api.openai.com/v1/models \\\n  -H "Authorization: Bearer VALUE" \\\n  -d {}\n',
  'url-query': 'https://proxy.test/v1?openai_api_key=VALUE&model=gpt-4o\n',
  'url-user': 'https://user:VALUE@api.openai.com/v1\n',
  xml: '<add key="OPENAI_API_KEY" value="VALUE" />\n',
  html: '<input name="openai-api-key" value="VALUE">\n',
  'html-escaped': 'data-config="{&quot;openaiKey&quot;:&quot;VALUE&quot;}"\n',
  csv: 'name,openai_key,model\nprod,VALUE,gpt-4o\n',
  markdown: '| `OPENAI_API_KEY` | `VALUE` |\n',
  prose: 'The OpenAI key is VALUE, keep it.\n',
  'cli-flag': 'tool --openai-api-key VALUE --model gpt-4o\n',
  'cli-flag-equals': 'tool --openai-api-key=VALUE\n',
  plist: '<key>OPENAI_API_KEY</key>\n<string>VALUE</string>\n',
  comment: '// const openaiKey = "VALUE"; old\n',
};

/** Splits a syntax where the value stands. */
export function inSyntax(syntax: string, value: string): Sample {
  const template = SYNTAXES[syntax] ?? syntax;
  const at = template.indexOf('VALUE');
  return { before: template.slice(0, at), key: value, after: template.slice(at + 'VALUE'.length) };
}

export const LINE_SHAPES: readonly LineShape[] = [
  ...Object.entries(RIGHT).map(([name, after]) =>
    shape(`right-${name}`, 'OPENAI_API_KEY=', after + (name === 'nothing' ? '' : '\n')),
  ),
  ...Object.entries(LEFT).map(([name, before]) => shape(`left-${name}`, before, '\n')),
  shape('right-word', 'key: "', '_old"\n'),
  shape('both-words', 'KEY_', '_old\n'),
  ...Object.keys(SYNTAXES).map((name) => {
    const { before, after } = inSyntax(name, '');
    return shape(`syntax-${name}`, before, after);
  }),
];

const OPENAI_LINES = ['client = OpenAI()\n', '# see https://api.openai.com/v1\n', 'OPENAI_API_KEY:\n'];

/** A key in a line shape; what has no marker also gets a line that speaks of OpenAI, unless the shape does. */
export function inLine(line: LineShape, key: string, marked: boolean, random: () => number): Sample {
  const speaks = /openai/i.test(line.before + line.after);
  const context = marked || speaks ? '' : pick(OPENAI_LINES, random);
  return { before: context + line.before, key, after: line.after };
}
