import { choiceParam, searchParams, textParam } from '../../lib/search-params';
import { mailStates } from './requests';

export const outreachRooms = ['templates', 'mails', 'people', 'surveys', 'inbox'] as const;

export const outreachSearch = searchParams({
  room: choiceParam(outreachRooms),
  state: choiceParam(mailStates),
  q: textParam(200),
  panel: textParam(20),
});
