// What configurations except: disabled rules, thresholds, paths. Holds for a credential only where it holds for every path
// its content stands at: a key in a test file that is also the one of the program is no test key.

import { type Day, isOver } from '../day.ts';
import type { Confidence, Hit, Judge, Notice, Place, RawPath, Verdict } from '../model.ts';
import { RANK } from '../triage/order.ts';
import type { Layer, Layers } from './layers.ts';

export interface Exceptions {
  readonly judge: Judge;
  /** Exceptions that have expired and would have been used. */
  readonly notes: () => readonly Notice[];
}

export function exceptionsJudge(layers: Layers, today: Day): Exceptions {
  const expired = new Map<string, Notice>();
  const answers = new WeakMap<readonly Place[], Map<string, Promise<boolean>>>();

  async function judge(hit: Hit): Promise<Verdict | undefined> {
    const verdict = await verdictAt(hit.place, hit);
    return verdict && (await holdsEverywhere(hit)) ? verdict : undefined;
  }

  /** Content may stand at thousands of paths, and a hit at each of them asks. */
  function holdsEverywhere(hit: Hit): Promise<boolean> {
    const { places, detection } = hit;
    const known = answers.get(places) ?? new Map<string, Promise<boolean>>();
    answers.set(places, known);
    const question = `${detection.ruleId} ${detection.confidence}`;
    const answer = known.get(question) ?? everyPlace(hit);
    known.set(question, answer);
    return answer;
  }

  async function everyPlace(hit: Hit): Promise<boolean> {
    for (const place of hit.places) if (!(await verdictAt(place, hit))) return false;
    return true;
  }

  async function verdictAt(place: Place, { detection }: Hit): Promise<Verdict | undefined> {
    const path = pathInTree(place);
    const chain = await layers.at(
      path === undefined ? '' : path.slice(0, Math.max(0, path.lastIndexOf('/'))),
    );
    // The nearest one speaks first.
    for (const layer of [...chain].reverse()) {
      const verdict =
        ruleVerdict(layer, detection.ruleId, detection.confidence) ??
        (path === undefined ? undefined : pathVerdict(layer, detection.ruleId, path));
      if (verdict) return verdict;
    }
    return undefined;
  }

  function pathVerdict({ config, ignored }: Layer, ruleId: string, path: RawPath): Verdict | undefined {
    const { folder, name } = config.source;
    const way = folder === '' ? path : path.slice(folder.length + 1);
    for (const { paths, rules, reason, expires, matches } of ignored) {
      if ((rules && !rules.includes(ruleId)) || !matches(way)) continue;
      const which = paths.join(', ');
      if (!isOver(expires, today)) return { by: 'path', reason: reason ?? `${which} in ${name}` };
      expired.set(`${name} ${which}`, { path: name, reason: `${which} was to be ignored until ${expires}` });
    }
    return undefined;
  }

  return { judge, notes: () => [...expired.values()] };
}

function ruleVerdict({ config }: Layer, ruleId: string, confidence: Confidence): Verdict | undefined {
  const { disable, thresholds, source } = config;
  if (disable.includes(ruleId)) return { by: 'policy', reason: `the rule is disabled in ${source.name}` };
  const least = Object.hasOwn(thresholds, ruleId) ? thresholds[ruleId] : undefined;
  if (least === undefined || RANK[confidence] >= RANK[least]) return undefined;
  return { by: 'policy', reason: `only ${confidence}, and ${source.name} asks for ${least}` };
}

/** Undefined where patterns mean nothing: in a message, and for a file outside of the tree. */
function pathInTree({ path, inTree = path, origin: { kind } }: Place): RawPath | undefined {
  const isElsewhere =
    kind === 'message' || kind === 'tag' || /^(?:\/|[A-Za-z]:)|(?:^|\/)\.\.(?:\/|$)/.test(inTree);
  return isElsewhere ? undefined : inTree;
}
