import texts from './locale/en.json';
import knownWords from '../../lib/known-words/locale/en.json';

export default { texts, 'known-words': knownWords };
