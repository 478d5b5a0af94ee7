import { choiceParam, searchParams } from '../../lib/search-params';

export const inAppTabs = ['messages', 'embed'] as const;

export const inAppSearch = searchParams({ tab: choiceParam(inAppTabs) });
