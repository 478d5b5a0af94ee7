// What the form of a contract holds, what of it is sent, and what it is worth. Pure, so that it can be tested.
import dayjs from 'dayjs';
import {
  contractFields,
  type ContractPatch,
  type ContractTerms,
  type Rates,
  type Subscription,
} from '../../api/contracts';
import type { Day } from '../../lib/format/date';
import { majorUnits, minorDigits, type MoneyAmount } from '../../lib/format/money';

/** What a number field of Mantine holds: '' where it is empty. */
type Entered = number | string;

export interface ContractValues {
  product: string;
  plan: string;
  seats: Entered;
  /** In whole units of the currency, per bill. */
  amount: Entered;
  currency: string;
  billing_period_months: Entered;
  start: Day | null;
  end: Day | null;
  isOpenEnded: boolean;
  auto_renewal: boolean;
  notice_days: Entered;
  discountIs: 'amount' | 'percent';
  /** In whole units of the currency per bill, or in percent of the list price. */
  discount: Entered;
  is_trial: boolean;
  past_due_from: Day | null;
  cancelled_on: Day | null;
  transferred_from: string;
  why: string;
}

const usualTerm_months = 12;

export function newValues(today: Day, currency: string): ContractValues {
  return {
    product: '',
    plan: '',
    seats: '',
    amount: '',
    currency,
    billing_period_months: usualTerm_months,
    start: today,
    end: dayjs(today).add(usualTerm_months, 'month').format('YYYY-MM-DD'),
    isOpenEnded: false,
    auto_renewal: true,
    notice_days: '',
    discountIs: 'amount',
    discount: '',
    is_trial: false,
    past_due_from: null,
    cancelled_on: null,
    transferred_from: '',
    why: '',
  };
}

export function valuesOf(contract: Subscription): ContractValues {
  return {
    product: contract.product,
    plan: contract.plan ?? '',
    seats: contract.seats ?? '',
    amount: majorUnits(contract.amount),
    currency: contract.amount.currency,
    billing_period_months: contract.billing_period_months,
    start: contract.start,
    end: contract.end,
    isOpenEnded: contract.end === null,
    auto_renewal: contract.auto_renewal,
    notice_days: contract.notice_days ?? '',
    discountIs: 'amount',
    discount: contract.discount ? majorUnits(contract.discount) : '',
    is_trial: contract.is_trial,
    past_due_from: contract.past_due_from,
    cancelled_on: contract.cancelled_on,
    transferred_from: contract.transferred_from ?? '',
    why: '',
  };
}

const numberOf = (entered: Entered): number | null => (typeof entered === 'number' ? entered : null);
const textOf = (entered: string): string | null => entered.trim() || null;

function moneyOf(entered: Entered, currency: string): MoneyAmount {
  return { amount_minor: Math.round((numberOf(entered) ?? 0) * 10 ** minorDigits(currency)), currency };
}

/** Off every bill; a share of the list price stands in amount = list × (1 − share). */
export function discountOf(values: ContractValues): MoneyAmount | null {
  const entered = numberOf(values.discount);
  if (!entered) return null;
  if (values.discountIs === 'amount') return moneyOf(entered, values.currency);
  const { amount_minor, currency } = moneyOf(values.amount, values.currency);
  return entered < 100 ? { amount_minor: Math.round((amount_minor * entered) / (100 - entered)), currency } : null;
}

/** The discount as a share of the list price in percent, or as an amount: what was entered in the other form. */
export function discountAs(form: ContractValues['discountIs'], values: ContractValues): Entered {
  const discount = discountOf(values);
  if (!discount || form === values.discountIs) return values.discount;
  if (form === 'amount') return majorUnits(discount);
  const list_minor = moneyOf(values.amount, values.currency).amount_minor + discount.amount_minor;
  return Math.round((discount.amount_minor / list_minor) * 10_000) / 100;
}

/** The contract that the form describes. Complete once `start` and `product` are there. */
export function termsOf(values: ContractValues): ContractTerms {
  return {
    product: values.product.trim(),
    plan: textOf(values.plan),
    seats: numberOf(values.seats),
    amount: moneyOf(values.amount, values.currency),
    billing_period_months: numberOf(values.billing_period_months) ?? 0,
    start: values.start ?? '',
    end: values.isOpenEnded ? null : values.end,
    auto_renewal: values.auto_renewal,
    notice_days: numberOf(values.notice_days),
    discount: discountOf(values),
    is_trial: values.is_trial,
    past_due_from: values.past_due_from,
    cancelled_on: values.cancelled_on,
    transferred_from: textOf(values.transferred_from),
  };
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** What differs from `before`, and nothing else: fields that others changed meanwhile stay as they are. */
export function patchOf(before: Subscription, values: ContractValues): ContractPatch {
  const terms = termsOf(values);
  const changed = contractFields.filter((field) => !isSame(terms[field] ?? null, before[field] ?? null));
  // The server holds the discount against the currency of the amount.
  const isOtherCurrency = terms.amount.currency !== before.amount.currency;
  const sent = isOtherCurrency && !changed.includes('discount') ? [...changed, 'discount' as const] : changed;
  return Object.fromEntries(sent.map((field) => [field, terms[field]]));
}

/** The contract that the server would take for the same one: without an id of its own, equal product and start. */
export function twinOf(values: ContractValues, contracts: readonly Subscription[]): Subscription | undefined {
  const key = (product: string) => product.normalize('NFKC').trim().toLowerCase();
  return contracts.find(
    ({ external_id, product, start }) =>
      external_id === null && start === values.start && key(product) === key(values.product),
  );
}

export interface Worth {
  mrr: MoneyAmount;
  arr: MoneyAmount;
}

/** A month and a year of it in the reporting currency, as the server will count; null without a rate. */
export function worthOf(
  { amount, billing_period_months: months, start, is_trial }: ContractTerms,
  { reporting_currency: currency, items }: Rates,
): Worth | null {
  if (months < 1) return null;
  const own = items.filter((rate) => rate.currency === amount.currency);
  const found = own.find(({ month }) => month?.slice(0, 7) === start.slice(0, 7)) ?? own.find((rate) => !rate.month);
  const rate = amount.currency === currency ? 1 : Number(found?.rate ?? Number.NaN);
  if (Number.isNaN(rate)) return null;
  const amount_minor = is_trial ? 0 : Math.round(((majorUnits(amount) * rate) / months) * 10 ** minorDigits(currency));
  return { mrr: { amount_minor, currency }, arr: { amount_minor: amount_minor * 12, currency } };
}

/** Per bill before the discount, where there is one. */
export function listPriceOf({ amount, discount }: ContractTerms): MoneyAmount | null {
  return discount ? { ...amount, amount_minor: amount.amount_minor + discount.amount_minor } : null;
}
