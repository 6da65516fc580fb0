// Colours for people's eyes; everything reads the same without them.

const SGR = { strong: 1, faint: 2, red: 31, yellow: 33, cyan: 36, alarm: '1;31' } as const;

export type Paint = (style: keyof typeof SGR, text: string) => string;

export function painter(color: boolean): Paint {
  return color ? (style, text) => `\x1b[${SGR[style]}m${text}\x1b[0m` : (_, text) => text;
}
