// Text that reads like a program, made from random numbers: the same numbers, the same text. No key in it.

const WORDS =
  'account address amount answer await buffer cache cancel channel client color column config content context counter ' +
  'default delete device element entry error event export field filter folder format function handle header import index ' +
  'input interface invoice item label length listener manager message method module number object option order parent ' +
  'password path pattern payload pixel position private process product promise property public query record request ' +
  'response result return route schema score select server session setting source state status stream string style ' +
  'submit target template text title token total update upload user value version view visible width window worker';

/** So many lines in a function. */
export function sourceText(random, count) {
  const words = WORDS.split(' ');
  const word = () => words[Math.floor(random() * words.length)];
  const name = () => word() + word()[0].toUpperCase() + word().slice(1);
  const line = () =>
    `  const ${name()} = ${name()}.${word()}('${word()}-${word()}', ${Math.floor(random() * 1000)}); // ${word()} the ${word()}`;
  const lines = Array.from({ length: count }, line);
  return [`export function ${name()}(${word()}: ${name()}) {`, ...lines, '}', ''].join('\n');
}
