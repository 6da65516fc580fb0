// What keyscan doctor has found, as data; the sentences are made in src/commands/doctor-words.ts.

import type { GatedHook } from '../gated.ts';
import type { OtherManager } from '../refusal.ts';

type HookName = GatedHook['name'];

/** Where a setting of git comes from: `origin` as git says it, `file:` and a path mostly. */
export interface Setting {
  readonly value: string;
  readonly origin: string;
}

interface Proven {
  readonly hook: HookName;
  /** What git starts. */
  readonly path: string;
}

/** The gate holds when every hook is `refused`, and nothing is `wrong` or `unknown`. Paths are absolute. */
export type Check =
  | { readonly code: 'git'; readonly version: string }
  | { readonly code: 'hooks-path'; readonly path: string; readonly setting: Setting | undefined }
  /** The test key was refused, by keyscan, and a commit without it passes. */
  | ({ readonly code: 'refused' } & Proven)
  // The gate does not hold.
  | { readonly code: 'hooks-off'; readonly setting: Setting }
  | ({ readonly code: 'hooks-elsewhere'; readonly setting: Setting; readonly own: string } & Proven)
  | ({
      readonly code: 'no-hook' | 'not-executable' | 'empty' | 'broken-link' | 'crlf' | 'no-interpreter';
    } & Proven)
  | ({ readonly code: 'not-called' | 'not-reached' | 'let-through' } & Proven)
  | ({ readonly code: 'node-missing' | 'keyscan-missing'; readonly recorded: string | undefined } & Proven)
  | ({ readonly code: 'event-disabled' } & Proven)
  | ({ readonly code: 'husky-off' } & Proven)
  | ({ readonly code: 'manager-off'; readonly manager: OtherManager; readonly command: string } & Proven)
  | ({ readonly code: 'switched-off'; readonly by: string } & Proven)
  // Whether it holds is not known.
  | ({ readonly code: 'other-refusal' | 'fails'; readonly said: string } & Proven)
  | {
      readonly code: 'git-too-old' | 'git-failed';
      readonly message: string;
      readonly hint: string | undefined;
    }
  // Worth knowing.
  | ({ readonly code: 'staged-findings' } & Proven)
  | ({ readonly code: 'not-last'; readonly line: number; readonly text: string } & Proven)
  | ({ readonly code: 'changed' | 'outdated' } & Proven)
  | ({ readonly code: 'node-moved'; readonly recorded: string } & Proven)
  | { readonly code: 'other-version'; readonly path: string; readonly theirs: string; readonly ours: string }
  | { readonly code: 'stranger'; readonly path: string };

export type Level = 'ok' | 'wrong' | 'unknown' | 'warning';

export const LEVELS: Readonly<Record<Check['code'], Level>> = {
  git: 'ok',
  'hooks-path': 'ok',
  refused: 'ok',
  'hooks-off': 'wrong',
  'hooks-elsewhere': 'wrong',
  'no-hook': 'wrong',
  'not-executable': 'wrong',
  empty: 'wrong',
  'broken-link': 'wrong',
  crlf: 'wrong',
  'no-interpreter': 'wrong',
  'not-called': 'wrong',
  'not-reached': 'wrong',
  'let-through': 'wrong',
  'node-missing': 'wrong',
  'keyscan-missing': 'wrong',
  'event-disabled': 'wrong',
  'husky-off': 'wrong',
  'manager-off': 'wrong',
  'switched-off': 'wrong',
  'other-refusal': 'unknown',
  fails: 'unknown',
  'git-too-old': 'unknown',
  'git-failed': 'unknown',
  'staged-findings': 'warning',
  'not-last': 'warning',
  changed: 'warning',
  outdated: 'warning',
  'node-moved': 'warning',
  'other-version': 'warning',
  stranger: 'warning',
};
