/** A value that cannot be read as what it claims to be. Its message says what is wrong and what would be right. */
export class InvalidValue extends Error {
  override readonly name = "InvalidValue";
}
