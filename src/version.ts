// The version of keyscan: the build puts in what package.json says; sources run unbuilt (unit tests) have none.

declare const KEYSCAN_VERSION: string | undefined;

export const version: string = typeof KEYSCAN_VERSION === 'undefined' ? '0.0.0-source' : KEYSCAN_VERSION;
