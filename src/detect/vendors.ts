// Values that are plainly something else: other vendors' keys, public identifiers, checksums (reference §1.2 and §1.4).

const OTHERS: readonly RegExp[] = [
  // Anthropic, OpenRouter, Langfuse, Helicone, MiniMax
  /^sk-(?:ant|or|lf|helicone|api)-/,
  // DeepSeek, DashScope, Open WebUI
  /^sk-[0-9a-f]{32}$/,
  // Twilio
  /^(?:SK|AC)[0-9a-f]{32}$/,
  // Cerebras, Groq, xAI, Perplexity, Pinecone, LangSmith, Stripe, Clerk, ElevenLabs, api2d, Hugging Face, Google, AWS
  /^(?:csk-|gsk_|xai-|pplx-|pcsk_|lsv2_|sk_|rk_|pk_|pk-|fk|hf_|AIza|AKIA|ghp_|github_pat_|glpat-|xox[abp]-|r8_|nvapi-|tgp_)/,
  // What OpenAI itself publishes: organisations, projects, users, applications, objects of the API
  /^(?:org|proj|user|app|key|svc_acct|asst|thread|run|msg|resp|fc|file|vs|batch|call|chatcmpl|cmpl|ft|ftjob|sess|idp|sa|req|audit_log)[-_]/,
  /^(?:sha\d+-|gAAAA|ssh-|https?:)/,
];

/** Whether a value has the look of something that is not an OpenAI credential. */
export function belongsToOther(value: string): boolean {
  return OTHERS.some((shape) => shape.test(value)) || isShortBearerKey(value) || isGatewayKey(value);
}

/** LiteLLM and the like issue `sk-` with about 22 characters; no OpenAI key is shorter than 40. */
const isShortBearerKey = (value: string): boolean => value.startsWith('sk-') && value.length < 43;

/** one-api and its relatives: `sk-`, 16 characters, and a UUID whose every other letter is upper case. */
const isGatewayKey = (value: string): boolean => /^sk-[A-Za-z0-9]{16}[0-9a-fA-F]{32}$/.test(value);
