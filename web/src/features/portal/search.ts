import { choiceParam, searchParams } from '../../lib/search-params';

export const portalTabs = ['look', 'sharing', 'documents', 'audit'] as const;
export const portalSearch = searchParams({ tab: choiceParam(portalTabs) });
