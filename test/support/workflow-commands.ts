// Reads a log as the runner of GitHub Actions does: which lines are commands, and what they say.

export interface WorkflowCommand {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** The runner ends lines at CR, too, and takes the old form `##[command]` anywhere in one. */
export function workflowCommands(log: string): WorkflowCommand[] {
  return log.split(/\r\n|\r|\n/).flatMap((line) => {
    const old = /##\[(\w+)/.exec(line);
    if (old) return [{ command: `##[${old[1]}`, properties: {}, message: line }];
    const match = /^\s*::([\w-]+)(?: (.*?))?::(.*)$/.exec(line);
    if (!match) return [];
    const [, command = '', properties = '', message = ''] = match;
    const pairs = properties.split(',').map((pair) => /^\s*(\w+)=(.*)$/.exec(pair));
    return [
      {
        command,
        properties: Object.fromEntries(
          pairs.flatMap((pair) => (pair ? [[pair[1], unescaped(pair[2] ?? '')]] : [])),
        ),
        message: unescaped(message),
      },
    ];
  });
}

/** `%25` last, or what it stands for would be read again. */
const unescaped = (text: string): string =>
  text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
