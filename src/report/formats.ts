// Every report format, said once: what it is for, the file its readers expect, and its code, loaded when it is used.

import type { Report } from '../model.ts';
import type { Format } from '../options.ts';
import type { ReportContext } from './context.ts';

/** The whole report as text in UTF-8, empty or ending in a newline. Holds no secret, no name of a person, no host. */
export type Render = (report: Report, context: ReportContext) => string;

export interface ReportFormat {
  /** What it is for. */
  readonly summary: string;
  /** Who reads it by which name, for the documents. */
  readonly file: string;
  /** Its reader takes paths to begin at the top of the repository, wherever keyscan was started. */
  readonly fromTop?: true;
  load(): Promise<Render>;
}

export const FORMATS: Readonly<Record<Format, ReportFormat>> = {
  human: {
    summary: 'for people, in a terminal',
    file: 'keyscan.txt',
    load: async () => (await import('./human.ts')).renderPlain,
  },
  json: {
    summary: 'for programs: everything there is to know, as one object',
    file: 'keyscan.json',
    load: async () => (await import('./json.ts')).renderJson,
  },
  jsonl: {
    summary: 'for programs that read line by line; the last line sums up',
    file: 'keyscan.jsonl',
    load: async () => (await import('./jsonl.ts')).renderJsonl,
  },
  sarif: {
    summary: 'for GitHub code scanning and every other reader of SARIF 2.1.0',
    file: 'keyscan.sarif',
    fromTop: true,
    load: async () => (await import('./sarif.ts')).renderSarif,
  },
  github: {
    summary: 'annotations in GitHub Actions, with a job summary',
    file: '',
    fromTop: true,
    load: async () => (await import('./github.ts')).renderGithub,
  },
  gitlab: {
    summary: "GitLab's secret detection report, schema 15.2.1",
    file: 'gl-secret-detection-report.json',
    fromTop: true,
    load: async () => (await import('./gitlab.ts')).renderGitlab,
  },
  codequality: {
    summary: "GitLab's code quality report",
    file: 'gl-code-quality-report.json',
    fromTop: true,
    load: async () => (await import('./codequality.ts')).renderCodequality,
  },
  junit: {
    summary: 'JUnit XML, for the test tab of a CI system',
    file: 'keyscan-junit.xml',
    load: async () => (await import('./junit.ts')).renderJunit,
  },
  html: {
    summary: 'one page to open in a browser, send or print',
    file: 'keyscan.html',
    load: async () => (await import('./html/page.ts')).renderHtml,
  },
};
