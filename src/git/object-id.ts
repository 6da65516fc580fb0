// What an object id looks like, whole: SHA-1 or SHA-256 in small hexadecimal digits.

export const OBJECT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
