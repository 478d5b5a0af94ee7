/** RFC 9457 problem details as the server sends them, with its sentences already in the reader's language. */
export interface ProblemDetails {
  type?: string;
  title: string;
  status: number;
  detail?: string;
  code?: string;
  errors?: { field: string; message: string }[];
}

/** What every failed request throws. Status 0 means that the server could not be reached at all. */
export class ApiProblem extends Error {
  readonly details: ProblemDetails;
  /** From the Retry-After header, where the server asks for patience. */
  readonly retryAfterSeconds?: number;

  constructor(details: ProblemDetails, retryAfterSeconds?: number) {
    super(details.detail ?? details.title);
    this.name = 'ApiProblem';
    this.details = details;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get status(): number {
    return this.details.status;
  }

  get code(): string | undefined {
    return this.details.code;
  }

  /** Messages by field, in the form that a form's `setErrors` takes. */
  get fieldErrors(): Record<string, string> {
    return Object.fromEntries((this.details.errors ?? []).map(({ field, message }) => [field, message]));
  }
}

export function isProblem(error: unknown, status?: number): error is ApiProblem {
  return error instanceof ApiProblem && (status === undefined || error.status === status);
}

/** Reads the body of a failed answer; a proxy's HTML page or an empty body still becomes a problem with the status. */
export async function problemFrom(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
  const isJson = response.headers.get('Content-Type')?.includes('json') ?? false;
  const body: unknown = isJson ? await response.json().catch(() => null) : null;
  const known = body !== null && typeof body === 'object' ? (body as Partial<ProblemDetails>) : {};
  return new ApiProblem(
    { ...known, title: known.title ?? response.statusText, status: known.status ?? response.status },
    retryAfter,
  );
}
