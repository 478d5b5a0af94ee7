import texts from './locale/ja.json';
import knownWords from '../../lib/known-words/locale/ja.json';

export default { texts, 'known-words': knownWords };
