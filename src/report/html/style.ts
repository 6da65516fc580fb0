// How the page looks: by day, by night, on a telephone and on paper.

import { TIMELINE_STYLE } from './timeline/style.ts';

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #fff; --ink: #16191f; --soft: #565d6b; --line: #dfe2e8; --link: #1a56c4; --code: #f0f2f5;
  --critical: #b3172a; --high: #b4470b; --medium: #80620a; --low: #3f5f83; --clean: #17703c;
  --critical-wash: #fdecee; --high-wash: #fdf0e6; --medium-wash: #fbf4dd; --low-wash: #eaf0f7;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #101318; --card: #181c23; --ink: #e8eaee; --soft: #a2a9b6; --line: #2c323c; --link: #8ab4ff; --code: #232933;
    --critical: #ff8a95; --high: #ffab73; --medium: #e8c75a; --low: #9fc0e8; --clean: #7ad6a0;
    --critical-wash: #3a161c; --high-wash: #38210f; --medium-wash: #322a10; --low-wash: #1b2736;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
h1, h2, h3, h4, p, ul, ol, dl, dd { margin: 0; padding: 0; }
h2 { font-size: 1.25rem; letter-spacing: -.01em; }
h3 { font-size: 1.0625rem; }
h4 { font-size: .875rem; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
code {
  font: .9em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  overflow-wrap: anywhere; unicode-bidi: isolate;
}
a, dd, li, td, h3 { overflow-wrap: anywhere; }
.top { border-top: 6px solid var(--accent); border-radius: 14px; background: var(--card); padding: 1.75rem 2rem 2rem; box-shadow: 0 1px 2px #0000000f, 0 8px 24px #0000000d; }
.found { --accent: var(--critical); } .unknown { --accent: var(--high); } .clean { --accent: var(--clean); }
.brand { display: flex; gap: .5rem; align-items: center; color: var(--soft); font-weight: 600; }
h1 { margin: .75rem 0 .5rem; color: var(--accent); font-size: clamp(1.6rem, 1.2rem + 2vw, 2.4rem); line-height: 1.15; letter-spacing: -.02em; text-wrap: balance; }
.lead { max-width: 46rem; font-size: 1.0625rem; text-wrap: pretty; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; margin-top: 1.25rem; }
dt { color: var(--soft); font-size: .8125rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr)); gap: .625rem; margin-top: 1.5rem; list-style: none; }
.tile { border-radius: 10px; background: var(--wash, var(--code)); color: var(--tone, var(--ink)); padding: .625rem .875rem; }
.tile b { display: block; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile span { font-size: .8125rem; }
.tile.none { --wash: transparent; --tone: var(--soft); box-shadow: inset 0 0 0 1px var(--line); }
.critical { --tone: var(--critical); --wash: var(--critical-wash); }
.high { --tone: var(--high); --wash: var(--high-wash); }
.medium { --tone: var(--medium); --wash: var(--medium-wash); }
.low { --tone: var(--low); --wash: var(--low-wash); }
.section { margin-top: 2.5rem; }
.section > h2 { margin-bottom: .75rem; }
.badge { flex: none; border-radius: 99px; background: var(--wash); color: var(--tone); padding: .1rem .625rem; font-size: .8125rem; font-weight: 600; }
.card { margin-top: 1rem; border: 1px solid var(--line); border-left: 5px solid var(--tone); border-radius: 12px; background: var(--card); padding: 1.25rem 1.5rem; }
.card:target { outline: 3px solid var(--link); outline-offset: 2px; }
.title { display: flex; gap: .75rem; align-items: baseline; justify-content: space-between; }
.preview { margin: .5rem 0 .625rem; }
.preview code { display: inline-block; border-radius: 8px; background: var(--code); padding: .25rem .625rem; font-size: 1rem; font-weight: 600; }
.sure, .note, .places span, .small, footer { color: var(--soft); }
.card h4 { margin-top: 1rem; }
.places { list-style: none; }
.places li { margin-top: .375rem; }
.places span { font-size: .875rem; }
details { margin-top: .75rem; }
summary { width: fit-content; cursor: pointer; }
summary h2, summary h3, summary h4 { display: inline; }
.steps ol { margin-top: .375rem; padding-left: 1.375rem; }
.steps li { margin-top: .25rem; padding-left: .25rem; }
.small { margin-top: 1rem; font-size: .8125rem; }
.note { margin-bottom: .75rem; }
.warning { border-left: 4px solid var(--high); background: var(--high-wash); color: var(--ink); padding: .625rem 1rem; border-radius: 0 8px 8px 0; }
table { width: 100%; margin-top: .75rem; border-collapse: collapse; border-radius: 12px; background: var(--card); box-shadow: 0 0 0 1px var(--line); font-size: .9375rem; }
th, td { padding: .5rem .875rem; text-align: left; vertical-align: top; }
th { color: var(--soft); font-size: .8125rem; font-weight: 600; }
tbody tr { border-top: 1px solid var(--line); }
footer { border-top: 1px solid var(--line); padding-top: 1rem; font-size: .875rem; }
@media (max-width: 36rem) {
  body { padding: .75rem .75rem 3rem; }
  .top, .card { padding: 1.125rem 1rem; }
  .tiles { grid-template-columns: repeat(auto-fit, minmax(4.5rem, 1fr)); }
  .tile { padding: .5rem .625rem; }
  thead { position: absolute; clip-path: inset(50%); }
  tbody tr, td { display: block; }
  tbody tr { padding: .5rem 0; }
  td { padding: .125rem .875rem; }
}
@media print {
  :root { --page: #fff; --card: #fff; font-size: 10pt; }
  body { max-width: none; padding: 0; }
  .top { box-shadow: none; padding: 1.5rem 0 0; }
  summary { list-style: none; }
  .card, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
${TIMELINE_STYLE}`;
