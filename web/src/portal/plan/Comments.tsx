import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { carryOut } from '../../lib/carry-out';
import { useFormat } from '../../lib/viewer';
import { useComment, type Comment } from '../requests';
import { Button } from '../ui/Button';
import { TextArea } from '../ui/Field';
import { Failure } from '../ui/States';
import { tell } from '../ui/told';
import ui from '../ui/Ui.module.css';
import { useIsViewed } from '../who';
import classes from './Plan.module.css';

interface CommentsProps {
  planId: number;
  /** Key of a goal or an action. */
  item: string;
  comments: readonly Comment[];
  mayComment: boolean;
}

/** What was said about a thing, oldest first, and room for a word of one's own. */
export function Comments({ planId, item, comments, mayComment }: CommentsProps) {
  const { t } = useTranslation('texts');
  const format = useFormat();
  const isViewed = useIsViewed();
  const [isWriting, setWriting] = useState(false);
  return (
    <div className={classes.comments}>
      {comments.length > 0 && (
        <ul aria-label={t('comment.list')}>
          {comments.map(({ at, author, is_customer, words }) => (
            <li key={`${at} ${author}`} data-ours={!is_customer || undefined}>
              <p className={ui.quiet}>
                <strong>{author}</strong> · <time dateTime={at}>{format.instant(at)}</time>
              </p>
              <p className={classes.words}>{words}</p>
            </li>
          ))}
        </ul>
      )}
      {mayComment && !isWriting && (
        <Button look="quiet" disabled={isViewed} onClick={() => setWriting(true)}>
          {t('comment.write')}
        </Button>
      )}
      {mayComment && isWriting && <CommentForm planId={planId} item={item} onClose={() => setWriting(false)} />}
    </div>
  );
}

function CommentForm({ planId, item, onClose }: { planId: number; item: string; onClose: () => void }) {
  const { t } = useTranslation('texts');
  const [words, setWords] = useState('');
  const comment = useComment(planId);
  const send = () =>
    carryOut(
      comment,
      { item, words: words.trim() },
      {
        onSuccess: () => {
          tell(t('comment.sent'));
          onClose();
        },
      },
    );
  return (
    <form
      className={ui.stack}
      style={{ '--gap': '10px' } as React.CSSProperties}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextArea
        label={t('comment.label')}
        maxLength={2000}
        required
        autoFocus
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {comment.isError && <Failure error={comment.error} />}
      <div className={ui.row}>
        <Button type="submit" look="strong" isDeed isBusy={comment.isPending} disabled={words.trim() === ''}>
          {t('comment.send')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
