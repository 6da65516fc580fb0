// The report for programs: the model as it is. schema/report.schema.json describes it.

import type { Report } from '../model.ts';
import { displayJson } from './display.ts';

/** One JSON object and a final newline, ASCII-safe where a terminal or a CI log could take a character for a command. */
export function renderJson(report: Report): string {
  return `${displayJson(JSON.stringify(report, null, 2))}\n`;
}
