import { isCondition } from '../../components/filter/condition';
import { choiceParam, jsonParam, searchParams } from '../../lib/search-params';

export const segmentTabs = ['members', 'history', 'definition'] as const;

export const segmentSearch = searchParams({ tab: choiceParam(segmentTabs) });

/** A condition to begin with, as from the filter of the book. */
export const newSegmentSearch = searchParams({ condition: jsonParam(isCondition) });
