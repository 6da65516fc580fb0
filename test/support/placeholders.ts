// Values people write where a credential belongs: the 78 groups of reference §5.1, by number.
// Whatever holds the marker is put together at run time: no key-shaped string lies in the repository.

import { MARKER } from '../../src/rules/form.ts';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
const alphabet = lower + upper + digits;

/** `length` characters of `unit` repeated. */
const periodic = (unit: string, length: number): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

const PREFIXES = ['sk-', 'sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-None-', 'sk-service-account-name-'];
/** aAbBcC…: the alphabet with every letter doubled. */
const doubled = Array.from(lower, (char) => char + char.toUpperCase()).join('');

const around = (half: string, prefix = 'sk-proj-', other = half): string => prefix + half + MARKER + other;

/** One key of every prefix and every length, with sequential, repeated or constant halves. */
const sequentialKeys = PREFIXES.flatMap((prefix) => [
  around(alphabet.slice(0, 20), prefix),
  around(alphabet.slice(0, 58), prefix),
  around(periodic(alphabet, 74), prefix),
  around('x'.repeat(20), prefix),
  around('X'.repeat(74), prefix),
  around('0'.repeat(58), prefix),
  around(periodic('1234567890', 20), prefix),
  around(periodic('a1B2c3D4e5', 74), prefix),
]);

export const PLACEHOLDERS: Readonly<Record<string, readonly string[]>> = {
  '1': ['sk-...'],
  '2': ['sk-....'],
  '3': ['sk-…'],
  '4': ['sk-xxx'],
  '5': ['sk-xxxx'],
  '6': ['sk-xx', 'sk-xx...'],
  '7': ['sk-XXXX'],
  '8': ['sk-XXXXXX'],
  '9': [`sk-${'x'.repeat(18)}`],
  '10': [`sk-${'x'.repeat(48)}`],
  '11': [`sk-${'X'.repeat(48)}`],
  '12': [`sk-proj-xx-${'x'.repeat(40)}`],
  '13': ['sk-xxxx-xxx-xxx_xxx_x', `sk-${periodic('xxxx-xxx_', 48)}`],
  '14': [`sk-123456789${'x'.repeat(30)}123456789`],
  '15': ['sk-xxxxxxxxpRT4xxxx5'],
  '16': [`sk-j7caBpkRo${'x'.repeat(39)}`],
  '17': ['sk-***'],
  '18': ['sk-*******'],
  '19': [`sk-${'*'.repeat(39)}`],
  '20': ['sk-pr***'],
  '21': [`sk-VKxxx${'*'.repeat(39)}wxyz`, `sk-Ab1Cd${'*'.repeat(152)}x5mA`],
  '22': [`sk-proj-${'*'.repeat(120)}abcd`, 'sk-proj-****…abcd'],
  '23': ['sk-abc...def', 'sk-admin...def', 'sk-admin...xyz'],
  '24': ['sk-admin-1234abcd'],
  '25': ['sk-abcdefghijklmnop123'],
  '26': ['sk-abc123...', 'sk-proj-abc123def456ghi789jkl012mno345', 'abc123def456ghi789jkl012mno345pqr678'],
  '27': ['sk-1234'],
  '28': ['sk-12345'],
  '29': ['sk-123456789'],
  '30': ['sk-1234567890abcdef'],
  '31': ['sk-proj-1234567890'],
  '32': ['sk-proj-e3sZ...'],
  '33': ['sk-proj-...'],
  '34': ['sk-', 'sk-proj-'],
  '35': ['sk-my-key-goes-here'],
  '36': ['sk-your-key', 'sk-your-openai-key'],
  '37': ['sk-proj-YOUR_API_KEY_HERE', 'sk-proj-REPLACE_WITH_YOUR_KEY'],
  '38': ['sk-Fill in your key', 'sk-FillInYourKey', 'sk-Fill-in'],
  '39': ['sk-openai...', 'sk-openaikey1', 'sk-openaikey2'],
  '40': ['sk-test', 'sk-test-key', 'sk-test-123', 'sk-test123', 'sk-test-api-key-12345', 'sk-test-dummy-key'],
  '41': ['sk-fake', 'sk-fake-key', 'sk-bad-key'],
  '42': ['sk-not-a-real-key', 'sk-not-a-real-credential'],
  '43': ['sk-anything'],
  '44': ['sk-secret', 'sk-password', 'sk-live-test-secret'],
  '45': ['sk-supersecret-1234567890ABCDEF'],
  '46': ['sk-randomAPIkeyasdsa32ekasd32e'],
  '47': ['sk-jhoejriotherjep'],
  '48': [`sk-${lower}123456`],
  '49': ['sk-synthetic-client-key', 'sk-synthetic-client-key-7f3e'],
  '50': ['sk-tracing-123', 'sk-client', 'sk-global', 'sk-voice', 'sk-provider', 'sk-refreshed'],
  '51': ['sk-oai', 'sk-env', 'sk-from-env', 'sk-explicit', 'sk-direct', 'sk-static', 'sk-process'],
  '52': ['sk-audio-key', 'sk-embed-key', 'sk-realtime-key', 'sk-only-key', 'sk-dalle3'],
  '53': ['sk-top-level', 'sk-nested', 'sk-snake', 'sk-old', 'sk-new'],
  '54': ['sk-$' + '{key}', 'sk-{key}', 'sk-$' + '{item.key}', 'sk-dynamic-$' + '{callIndex}'],
  '55': ['sk-[a-zA-Z0-9]{32}', 'sk-[A-Za-z0-9_-]{48}', `sk-[a-zA-Z0-9]{20}${MARKER}[a-zA-Z0-9]{20}`],
  '56': [`sk-proj-${lower}1234567890abcdef`],
  '57': [
    'sk-proj-1234TestDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsS1234Test',
    `sk-proj-1234Test${doubled.slice(6)}1234Test`,
  ],
  '58': [`sk-proj-${'a1B2c3D4e5F6g7H8i9J0'.repeat(7)}`],
  '59': [`sk-proj-TESTkey1234567890${lower}${upper}_EXAMPLE_${lower}`],
  '60': sequentialKeys,
  '61': [around(`${alphabet}abcdefgh`.slice(0, 74), 'sk-proj-', `${periodic(alphabet, 70)}test`)],
  '62': ['sk-None-abcdefghij1234567890ABCDEFGHIJ1234567890abcdefgh'],
  '63': [
    `sk-tooshort${MARKER}tooshort`,
    `sk-proj-${periodic(alphabet, 40)}NOWATERMARK${periodic(alphabet, 40)}`,
    `sk-ant-${periodic(alphabet, 20)}${MARKER}${periodic(alphabet, 20)}`,
  ],
  '64': ['your-api-key', 'your-api-key-here'],
  '65': ['YOUR_API_KEY', 'YOUR-API-KEY', 'YOUR_OPENAI_API_KEY', 'YOUR_OPENAI_KEY', 'YourApiKey'],
  '66': [
    '<your-openai-api-key>',
    '<your_openai_api_key>',
    '<YOUR_KEY>',
    '<api-key>',
    '<key>',
    '<my_openai_api_key>',
    '<Insert your key here>',
    '<여기에 키를 입력하세요>',
    '<client-api-key>',
  ],
  '67': ['[your api key]', '[Your OpenAI API key]'],
  '68': ['My API Key', 'My Admin API Key'],
  '69': ['example API key', 'example-api-key'],
  '70': ['fake-for-tests', 'fake-api-key', 'fake-key', 'fakekey', 'fake-openai-key'],
  '71': ['test', 'test-key', 'test_api_key', 'something1234', 'dummy', 'dummy_key', 'DUMMY_KEY'],
  '72': [
    'REPLACE_WITH_YOUR_API_KEY',
    'REPLACE_WITH_MODEL_API_KEY',
    'API_KEY_GOES_HERE',
    'ADD_YOURS_HERE',
    'PLACEHOLDER_NOT_A_REAL_KEY',
    'placeholder',
    'replace',
  ],
  '73': ['ollama', 'none', 'None', 'EMPTY', 'no-api-key', 'not-needed', 'api-key', 'token', '...', ' ', ''],
  '74': [
    '$OPENAI_API_KEY',
    '$' + '{OPENAI_API_KEY}',
    '$' + '{{ secrets.OPENAI_API_KEY }}',
    '{{ .Values.openai.apiKey }}',
    '%OPENAI_API_KEY%',
    '@OPENAI_API_KEY@',
    'process.env.OPENAI_API_KEY',
    'os.environ["OPENAI_API_KEY"]',
    'op://Private/OpenAI/credential',
    'vault:secret/data/openai#api_key',
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:openai-key-AbCdEf',
    'projects/my-project/secrets/openai-api-key/versions/latest',
    'import.meta.env.OPENAI_API_KEY',
    'System.getenv("OPENAI_API_KEY")',
    'config.services.openai.apiKey',
    'await getSecretValue("openai/production/key")',
  ],
  '75': [
    'ek_1234',
    'ek_test',
    'ek_abc123',
    'ek_...(put your own key here)',
    'ek_temporary',
    `ek_${'0123456789abcdef'.repeat(2)}`,
  ],
  '76': ['whsec_a', 'whsec_%%%', 'whsec_...', 'whsec_your_webhook_secret', `whsec_${'x'.repeat(44)}`],
  '77': ['at-example', 'at-your-token-here'],
  '78': ['1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d', 'abcdef0123456789abcdef0123456789', 'AZURE_OPENAI_TEST_SECRET'],
};
