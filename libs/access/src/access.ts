import { Forbidden, NotTheirs, Unauthenticated } from './errors.js';
import { actionsOf, type Policy, type Purpose, speaksOf, type Who, whoOf } from './policy.js';
import { isAccount, type Subject } from './subject.js';

/** A policy with the sentence that it is known by. */
export type Rule<Resources> = Policy<Resources> & { readonly sentence: string };

/** Of whatever resources. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what is known of its resources, each service knows
export type AnyAccess = Access<any>;

type AnyRule = Rule<Record<string, unknown>>;
type Decision = { readonly allowed: AnyRule } | { readonly refused: Error };

const keyOf = (action: string, on: string): string => `${action} ${on}`;

/**
 * Who may do what in one service: all of its policies, each under a sentence that says the same. What no policy allows is
 * refused.
 */
export class Access<Resources> {
  private readonly byStep = new Map<string, AnyRule[]>();

  constructor(
    readonly service: string,
    private readonly policies: Readonly<Record<string, Policy<Resources>>>,
  ) {
    for (const rule of this.rules as readonly AnyRule[])
      for (const action of actionsOf(rule)) {
        const key = keyOf(action, rule.on);
        this.byStep.set(key, [...(this.byStep.get(key) ?? []), rule]);
      }
  }

  get rules(): readonly Rule<Resources>[] {
    return Object.entries(this.policies).map(([sentence, policy]) => ({ sentence, ...policy }));
  }

  /** @throws Error when no policy speaks of it: an action nobody may do is a slip of the pen */
  rulesOn(action: string, on: keyof Resources & string): readonly Rule<Resources>[] {
    const rules = this.byStep.get(keyOf(action, on));
    if (!rules) throw new Error(`${this.service}: no policy says who may ${action} ${on}`);
    return rules as unknown as readonly Rule<Resources>[];
  }

  /** Whom any policy lets do it, whatever else it asks for. */
  audience(action: string, on: keyof Resources & string): readonly Who[] {
    return [...new Set(this.rulesOn(action, on).flatMap((rule) => whoOf(rule as AnyRule)))];
  }

  /**
   * Whether the subject may do it at all, as far as the request tells.
   * @returns the purpose that it is allowed for
   * @throws Unauthenticated, Forbidden, or what an unmet condition says
   */
  admit(subject: Subject, action: string, on: keyof Resources & string): Purpose {
    return purposeOf(this.decide(subject, action, on, undefined));
  }

  /**
   * Whether the subject may do it to this resource.
   * @returns the purpose that it is allowed for
   * @throws Unauthenticated, Forbidden, NotTheirs, or what an unmet condition says
   */
  expect<Name extends keyof Resources & string>(
    subject: Subject,
    action: string,
    on: Name,
    resource: Resources[Name],
  ): Purpose {
    return purposeOf(this.decide(subject, action, on, resource));
  }

  /** {@link admit}, or {@link expect} where the resource is given, as a question. */
  allows<Name extends keyof Resources & string>(
    subject: Subject,
    action: string,
    on: Name,
    resource?: Resources[Name],
  ): boolean {
    return 'allowed' in this.decide(subject, action, on, resource);
  }

  private decide(subject: Subject, action: string, on: keyof Resources & string, resource: unknown): Decision {
    const step = keyOf(action, on);
    const theirs = (this.rulesOn(action, on) as readonly AnyRule[]).filter((rule) => speaksOf(rule, subject.role));
    if (theirs.length === 0) {
      const Refusal = subject.role === 'nobody' ? Unauthenticated : Forbidden;
      return { refused: new Refusal(`${subject.role} may not ${step}`) };
    }
    const related = resource === undefined ? theirs : theirs.filter((rule) => isRelated(subject, rule, resource));
    if (related.length === 0) return { refused: new NotTheirs(`not theirs to ${step}`) };
    const unmet = related.map((rule) => unmetOf(subject, rule, resource));
    const allowed = related.find((_, at) => unmet[at] === undefined);
    return allowed ? { allowed } : { refused: unmet[0]!() };
  }
}

const isRelated = (subject: Subject, { relation }: AnyRule, resource: unknown): boolean =>
  !relation || (isAccount(subject) && relation.holds(subject, resource));

const unmetOf = (subject: Subject, { provided }: AnyRule, resource: unknown): (() => Error) | undefined =>
  !provided || (isAccount(subject) && provided.holds(subject, resource)) ? undefined : () => provided.refusal();

function purposeOf(decision: Decision): Purpose {
  if ('refused' in decision) throw decision.refused;
  return decision.allowed.purpose;
}
