// A pack that is not as it should be, or not as this reader knows it: git has to read it then.

export class PackError extends Error {}
