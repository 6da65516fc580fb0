// Lets something short be finished before a signal ends the process: a file that is written and then takes its name.

/** Ctrl-C and the like count as soon as it is done, and end the process as they always do. */
export async function undisturbed<T>(action: () => Promise<T>): Promise<T> {
  let signal: NodeJS.Signals | undefined;
  const hold = (name: NodeJS.Signals): void => {
    signal ??= name;
  };
  for (const name of SIGNALS) process.on(name, hold);
  try {
    return await action();
  } finally {
    for (const name of SIGNALS) process.off(name, hold);
    if (signal !== undefined) process.kill(process.pid, signal);
  }
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
