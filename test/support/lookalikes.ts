// What looks like an OpenAI credential and is none: names and words (reference §5.2), public ids (§1.2), others' keys (§1.4).

/** Whole texts in which nothing is a credential (reference §5.2, and ids of §1.2 that are public). */
export const LOOKALIKE_WORDS: readonly string[] = [
  ...[
    ...['global', 'container', 'top-container', 'text-repr-fallback', 'estimator', 'estimator-doc-link'],
    ...['toggleable', 'toggleable__label', 'toggleable__label-arrow', 'toggleable__control'],
    ...['toggleable__content', 'hidden--visually', 'dashed-wrapped', 'parallel', 'parallel-item', 'serial'],
    ...['item', 'label', 'label-container', 'container-id-1', 'estimator-id-12'],
    ...['circle', 'circle-dot', 'circle-fade', 'circle-fade-dot', 'chase', 'chase-dot', 'chase-dot-before'],
    ...['grid-cube', 'fold-cube', 'wave-rect', 'wander-cube', 'flow-dot', 'swing-dot', 'bounce-dot', 'plane'],
    ...['pulse', 'center', 'SK', 'sk.json', 'ssh-ed25519@openssh.com', 'ecdsa-sha2-nistp256@openssh.com'],
    ...['azfunc-server', 'csharp-hello-world', 'sandbox-{org}-{repo}-1-2', '{IssueNumber}'],
    ...['this-is-a-long-hyphenated-phrase', 'some-css-class-name-of-forty-characters-x'],
  ].map((name) => `sk-${name}`),
  '--sk-color-background: #fff',
  '--sk-fitted-color-level-0',
  'task-list-item-checkbox',
  'task-budgets-2026-03-13',
  'task-merge-tracking-done',
  '<task-notification>',
  'Asterisk-linking-protocols-exception',
  'disk-space-optimizer-ghaction',
  'flask-sqlalchemy-session-middleware',
  'mask-image-linear-gradient',
  'risk-management-framework-generative-artificial-intelligence-profile-2024',
  'zendesk-integration-webhook-handler-v2',
  'helpdesk-ticket-assignment-notification-service',
  'kiosk-mode-browser-extension',
  'gptfdisk-1.0.9-r1',
  'testdisk-7.2-WIP',
  'tapdisk-control',
  'umask-022',
  'cask-versions-homebrew-repository',
  'ask-sdk-model-runtime',
  'bsk-player-1234',
  'msk-cluster-bootstrap-brokers-tls',
  'brisk-walk',
  'dusk-till-dawn',
  // Another tool's list of what it may pass over: place, rule and line, then the next commit.
  `src/curl.go:openai-api-key:125\n${'8f3a1c5e7b9d2046'.repeat(2)}f1e2d3c4:src/curl.go:curl-auth-header:100`,
  'struct sk_buff *skb = alloc_skb(len, GFP_KERNEL);',
];

/** Forms (src/rules/form.ts) of what is random and yet no OpenAI secret. */
export const LOOKALIKE_FORMS: Readonly<Record<string, string>> = {
  'organization id': 'org-<alnum:24>',
  'project id': 'proj_<alnum:24>',
  'user id': 'user-<alnum:24>',
  'key id': 'key_<alnum:16>',
  'service account id': 'svc_acct_<alnum:24>',
  'response id': 'resp_<hex:48>',
  'message id': 'msg_<hex:48>',
  'function call id': 'fc_<hex:48>',
  'file id': 'file-<alnum:24>',
  'file id of today': 'file_<hex:40>',
  'audit log id': 'audit_log-<alnum:24>',
  'realtime session id': 'sess_<alnum:21>',
  'realtime session number': 'sess_001',
  'identity provider id': 'idp-<alnum:24>',
  'service account': 'sa-<alnum:24>',
  'assistant id': 'asst_<alnum:24>',
  'thread id': 'thread_<alnum:24>',
  'run id': 'run_<alnum:24>',
  'chat completion id': 'chatcmpl-<alnum:29>',
  'request id': 'req_<hex:32>',
  'client id of Codex': 'app_EMoamEEZ73f0CkXaXp7hrann',
  'client id of the platform': 'app_2SKx67EdpoN0G6j64rFvigXD',
  'fine-tuned model': 'ft:gpt-4o-mini-2024-07-18:my-org::<alnum:8>',
  'fine-tuning job': 'ftjob-<alnum:24>',
  fingerprint: 'fp_<hex:10>',
  'vector store': 'vs_<hex:32>',
};

/** Forms of other vendors' keys (reference §1.4): never called OpenAI. */
export const OTHER_VENDORS: Readonly<Record<string, { readonly name: string; readonly form: string }>> = {
  anthropic: { name: 'ANTHROPIC_API_KEY', form: 'sk-ant-api03-<base64url:93>AA' },
  'anthropic-admin': { name: 'ANTHROPIC_ADMIN_KEY', form: 'sk-ant-admin01-<base64url:93>AA' },
  'anthropic-oauth': { name: 'CLAUDE_CODE_OAUTH_TOKEN', form: 'sk-ant-oat01-<base64url:93>AA' },
  openrouter: { name: 'OPENROUTER_API_KEY', form: 'sk-or-v1-<hex:64>' },
  deepseek: { name: 'DEEPSEEK_API_KEY', form: 'sk-<hex:32>' },
  dashscope: { name: 'DASHSCOPE_API_KEY', form: 'sk-<hex:32>' },
  'open-webui': { name: 'OPEN_WEBUI_API_KEY', form: 'sk-<hex:32>' },
  moonshot: { name: 'MOONSHOT_API_KEY', form: 'sk-<base64url:48>' },
  stability: { name: 'STABILITY_API_KEY', form: 'sk-<alnum:48>' },
  siliconflow: { name: 'SILICONFLOW_API_KEY', form: 'sk-<lower:48>' },
  'one-api': { name: 'ONE_API_TOKEN', form: 'sk-<alnum:48>' },
  litellm: { name: 'LITELLM_API_KEY', form: 'sk-<base64url:22>' },
  minimax: { name: 'MINIMAX_API_KEY', form: 'sk-api-<base64url:119>' },
  langfuse: {
    name: 'LANGFUSE_SECRET_KEY',
    form: 'sk-lf-<hex:8>-<hex:4>-<hex:4>-<hex:4>-<hex:12>',
  },
  helicone: {
    name: 'HELICONE_API_KEY',
    form: 'sk-helicone-<[a-z2-7]:7>-<[a-z2-7]:7>-<[a-z2-7]:7>-<[a-z2-7]:7>',
  },
  'helicone-proxy': {
    name: 'HELICONE_PROXY_KEY',
    form: 'sk-helicone-proxy-<[a-z2-7]:7>-<[a-z2-7]:7>-<[a-z2-7]:7>-<[a-z2-7]:7>',
  },
  cerebras: { name: 'CEREBRAS_API_KEY', form: 'csk-<[a-z0-9]:48>' },
  groq: { name: 'GROQ_API_KEY', form: 'gsk_<alnum:52>' },
  xai: { name: 'XAI_API_KEY', form: 'xai-<alnum:80>' },
  perplexity: { name: 'PERPLEXITY_API_KEY', form: 'pplx-<alnum:48>' },
  pinecone: { name: 'PINECONE_API_KEY', form: 'pcsk_<alnum:6>_<alnum:63>' },
  langsmith: { name: 'LANGSMITH_API_KEY', form: 'lsv2_sk_<hex:32>_<hex:10>' },
  stripe: { name: 'STRIPE_SECRET_KEY', form: 'sk_live_<alnum:24>' },
  clerk: { name: 'CLERK_SECRET_KEY', form: 'sk_test_<alnum:42>' },
  elevenlabs: { name: 'ELEVENLABS_API_KEY', form: 'sk_<hex:48>' },
  checkout: { name: 'CHECKOUT_SECRET_KEY', form: 'sk_<hex:8>-<hex:4>-<hex:4>-<hex:4>-<hex:12>' },
  twilio: { name: 'TWILIO_API_KEY_SID', form: 'SK<hex:32>' },
  api2d: { name: 'API2D_KEY', form: 'fk<hex:6>-<alnum:32>' },
  google: { name: 'GEMINI_API_KEY', form: 'AIza<base64url:35>' },
  huggingface: { name: 'HF_TOKEN', form: 'hf_<alnum:34>' },
};

/** These have nothing of their own to tell them by: the name or the host beside them says whose they are. */
export const UNMARKED_VENDORS: ReadonlySet<string> = new Set([
  ...['deepseek', 'dashscope', 'moonshot', 'siliconflow', 'stability', 'litellm', 'open-webui', 'one-api'],
]);

/** Hosts of vendors that are reached through OpenAI's SDK. */
export const COMPATIBLE_HOSTS: Readonly<Record<string, string>> = {
  deepseek: 'https://api.deepseek.com',
  dashscope: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
  moonshot: 'https://api.moonshot.cn/v1',
  siliconflow: 'https://api.siliconflow.cn/v1',
  openrouter: 'https://openrouter.ai/api/v1',
};
