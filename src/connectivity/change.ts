// What happened to a connection between base and head.

export type Change = 'gained' | 'lost' | 'kept';
