// Nothing is generated yet.
export {};
