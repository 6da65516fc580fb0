// Values that are plainly something else: other vendors' keys, public identifiers, checksums (reference §1.2 and §1.4).

/** What is short stands with what follows it: of tokens without a prefix, one in 4,000 begins with `fk`. */
const OTHERS: readonly RegExp[] = [
  // Anthropic, OpenRouter, Langfuse, Helicone, MiniMax
  /^sk-(?:ant|or|lf|helicone|api)-/,
  // DeepSeek, DashScope, Open WebUI
  /^sk-[0-9a-f]{32}$/,
  // Twilio
  /^(?:SK|AC)[0-9a-f]{32}$/,
  // Cerebras, Groq, ElevenLabs and all who write `sk_`, xAI, Perplexity, Pinecone, LangSmith, Google, AWS, GitHub, GitLab,
  // Slack, Nvidia, Together
  /^(?:csk-|gsk_|sk_|xai-|pplx-|pcsk_|lsv2_|AIza|AKIA|ghp_|github_pat_|glpat-|xox[abp]-|nvapi-|tgp_)/,
  // Stripe, Clerk and Langfuse; Hugging Face, Replicate and api2d
  /^(?:[pr]k_(?:live|test)_|pk-lf-|(?:(?:hf|r8)_[A-Za-z0-9]{34,37}|fk[A-Za-z0-9]{6}-[A-Za-z0-9]{32})$)/,
  // What OpenAI itself publishes: organisations, projects, users, applications, objects of the API
  /^(?:org|proj|user|app|key|svc_acct|asst|thread|run|msg|resp|file|batch|call|chatcmpl|cmpl|ftjob|sess|idp|req|audit_log)[-_]/,
  /^(?:fc|vs|ft|sa|rs|cp|conv|cntr|ftckpt|eval|evalrun|egroup|outputitem)[-_](?:[A-Za-z0-9]{1,24}|[0-9a-f]{25,64})$/,
  /^(?:sha\d+-|ssh-|https?:)/,
  // What is encrypted: Fernet, AWS KMS, ASP.NET, PowerShell on Windows, Laravel, Sealed Secrets (512 bytes of RSA, and more)
  /^(?:gAAAA|AQICAH|CfDJ8|01000000d08c9ddf|eyJpdiI6|Ag[A-D][A-Za-z0-9+/]{680})/,
];

/** Whether a value has the look of something that is not an OpenAI credential. */
export function belongsToOther(value: string): boolean {
  return OTHERS.some((shape) => shape.test(value)) || isShortBearerKey(value) || isGatewayKey(value);
}

/** LiteLLM and the like issue `sk-` with about 22 characters; no OpenAI key is shorter than 40. */
const isShortBearerKey = (value: string): boolean => value.startsWith('sk-') && value.length < 43;

/** one-api and its relatives: `sk-`, 16 characters, and a UUID whose every other letter is upper case. */
const isGatewayKey = (value: string): boolean => /^sk-[A-Za-z0-9]{16}[0-9a-fA-F]{32}$/.test(value);
