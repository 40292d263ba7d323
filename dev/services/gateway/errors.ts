/** From the engine's SQLSTATEs to MongoDB's error codes. */

/** An error with the name and number that a MongoDB server would answer. */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;
  /** More fields of the answer, such as `keyPattern` of a duplicate key. */
  readonly extra: Record<string, unknown>;

  constructor(codeName: CodeName, message: string, extra: Record<string, unknown> = {}) {
    super(message);
    this.code = codes[codeName];
    this.codeName = codeName;
    this.extra = extra;
  }
}

const codes = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  Overflow: 15,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  IndexAlreadyExists: 68,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  ShutdownInProgress: 91,
  WriteConflict: 112,
  CommandNotSupported: 115,
  DocumentValidationFailure: 121,
  ExceededMemoryLimit: 146,
  InvalidIndexSpecificationOption: 197,
  CannotBuildIndexKeys: 201,
  QueryFeatureNotAllowed: 224,
  ConversionFailure: 241,
  NoQueryExecutionPlans: 291,
  UnsupportedOpQueryCommand: 352,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  BackgroundOperationInProgressForNamespace: 12587,
  OutOfDiskSpace: 14031,
  DocumentAfterUpdateLargerThanMaxSize: 17419,
} as const;

export type CodeName = keyof typeof codes;

const nameBySqlState: Readonly<Record<string, CodeName>> = {
  M0001: 'BadValue',
  M0003: 'FailedToParse',
  M0004: 'TypeMismatch',
  M0005: 'Overflow',
  M0006: 'IllegalOperation',
  M0008: 'NamespaceNotFound',
  M0009: 'IndexNotFound',
  M000A: 'PathNotViable',
  M000D: 'ConflictingUpdateOperators',
  M000E: 'CursorNotFound',
  M000F: 'NamespaceExists',
  M00EX: 'MaxTimeMSExpired',
  M000G: 'DollarPrefixedFieldName',
  M000J: 'EmptyFieldName',
  M00EY: 'CommandNotFound',
  M000M: 'ImmutableField',
  M000N: 'CannotCreateIndex',
  M000O: 'IndexAlreadyExists',
  M000P: 'InvalidOptions',
  M000Q: 'InvalidNamespace',
  M000R: 'IndexOptionsConflict',
  M000S: 'IndexKeySpecsConflict',
  M00F0: 'ShutdownInProgress',
  M00F1: 'WriteConflict',
  M000U: 'CommandNotSupported',
  M00CO: 'DocumentValidationFailure',
  M000W: 'ExceededMemoryLimit',
  M0012: 'InvalidIndexSpecificationOption',
  M00F4: 'CannotBuildIndexKeys',
  M0013: 'QueryFeatureNotAllowed',
  M0015: 'ConversionFailure',
  M0018: 'NoQueryExecutionPlans',
  M001B: 'BSONObjectTooLarge',
  M001C: 'DuplicateKey',
  M001D: 'BackgroundOperationInProgressForNamespace',
  M003A: 'DocumentAfterUpdateLargerThanMaxSize',
  // Two upserts that race meet at the index itself, and PostgreSQL's own words come through.
  '23P01': 'DuplicateKey',
  '23505': 'DuplicateKey',
  '40P01': 'WriteConflict',
  '53100': 'OutOfDiskSpace',
  // The gateway turns maxTimeMS into PostgreSQL's statement_timeout.
  '57014': 'MaxTimeMSExpired',
};

/** The MongoDB name of a SQLSTATE; what is not in the table is an InternalError with the engine's text. */
export function nameOfSqlState(sqlState: string): CodeName {
  return nameBySqlState[sqlState] ?? 'InternalError';
}

/** The number that belongs to a name. */
export function codeOfName(name: CodeName): number {
  return codes[name];
}

/** Unpacks the engine's number of a write error: five characters of 6 bits, the first in the low bits. */
export function sqlStateOfPacked(packed: number): string {
  return Array.from({ length: 5 }, (_, index) =>
    String.fromCharCode(((packed >>> (6 * index)) & 63) + 48),
  ).join('');
}

/** The answer for an error: `ok: 0` with code, name and text. */
export function errorReply(error: unknown): Record<string, unknown> {
  if (error instanceof CommandError) {
    return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.extra };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { ok: 0, errmsg: message, code: codes.InternalError, codeName: 'InternalError' };
}
