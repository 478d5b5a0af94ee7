export default import.meta.glob<Record<string, unknown>>('/src/**/locale/en.json', { eager: true, import: 'default' });
