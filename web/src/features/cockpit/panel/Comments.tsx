import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../../api/json';
import { peopleQuery } from '../../../api/people';
import { workKey, type CallComment, type CallDetail } from '../../../api/work';
import { InstantText } from '../../../components/InstantText';
import { MentionInput } from '../../../components/MentionInput';
import { showProblem } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { mentionedIn, mentionParts } from '../../../lib/mentions';
import { useViewer } from '../../../lib/viewer';
import classes from '../Cockpit.module.css';

const unsent = -1;

/** What colleagues said, oldest first, and saying something oneself; "@" calls somebody. */
export function Comments({ call, mayEdit }: { call: CallDetail; mayEdit: boolean }) {
  const { t } = useTranslation('cockpit');
  const { userId, name } = useViewer();
  const client = useQueryClient();
  const [body, setBody] = useState('');
  const key = ['work', 'call', String(call.id)];
  const add = useMutation({
    mutationFn: (comment: { body: string; mentions: number[] }) =>
      sendJson<CallComment>('POST', `/api/calls/${call.id}/comments`, comment),
    onMutate: (comment) => {
      const shown: CallComment = {
        id: unsent,
        author: { id: userId, name },
        at: new Date().toISOString(),
        body: comment.body,
        mentions: [],
      };
      client.setQueryData<CallDetail>(
        key,
        (detail) => detail && { ...detail, comment_list: [...detail.comment_list, shown] },
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: workKey }),
  });
  const send = () => {
    const wanted = body.trim();
    if (wanted === '') return;
    setBody('');
    const people = client.getQueryData(peopleQuery.queryKey) ?? [];
    carryOut(
      add,
      { body: wanted, mentions: mentionedIn(wanted, people) },
      {
        onError: (error) => {
          setBody(wanted);
          showProblem(error);
        },
      },
    );
  };
  return (
    <Stack gap="sm">
      {call.comment_list.length > 0 && (
        <ol className={classes.comments} aria-label={t('panel.comments')}>
          {call.comment_list.map((comment) => (
            <li key={comment.id}>
              <Text fz="xs" c="dimmed" component="div">
                <b>{comment.author.name}</b> <InstantText value={comment.at} />
              </Text>
              <p>
                {mentionParts(comment.body, comment.mentions).map(({ text, person }, index) =>
                  person ? <mark key={index}>{text}</mark> : text,
                )}
              </p>
            </li>
          ))}
        </ol>
      )}
      {mayEdit && (
        <div>
          <MentionInput
            label={t('panel.comment')}
            placeholder={t('panel.commentPlaceholder')}
            value={body}
            onChange={setBody}
            onSend={send}
          />
          <Group justify="flex-end" mt={6}>
            <Button size="xs" variant="default" disabled={body.trim() === ''} onClick={send}>
              {t('panel.commentSend')}
            </Button>
          </Group>
        </div>
      )}
      {!mayEdit && call.comment_list.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('panel.noComments')}
        </Text>
      )}
    </Stack>
  );
}
