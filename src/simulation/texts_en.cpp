#include "texts.hpp"

namespace banso::simulation {
namespace {

constexpr Note going_live[] = {
    {"Onboarding check-in",
     "Basic set-up is done and on schedule. {name} is running team briefings. Next: agree which calendars to migrate."},
    {"Administrator training",
     "Set up roles and groups together. Many questions, all constructive. Next session covers rules for file sharing."},
    {"Roll-out status",
     "Chat is catching on in the pilot team. Company-wide launch planned for early next month. To send an announcement "
     "template."},
    {"Migration planning",
     "Walked through moving calendar data from the old suite. {name} asked for a rehearsal; finding a date."}};
constexpr Note stalled[] = {
    {"Onboarding check-in",
     "Configuration has stopped because the team is tied up elsewhere. Suggested to {name} to start with a small "
     "group. Check again in two weeks."},
    {"Onboarding call (postponed before)",
     "Briefings were postponed again. Staff dislike running two systems in parallel. We need their leadership behind "
     "this."},
    {"Getting started",
     "Invitations are out but only a few people logged in. Single sign-on is still open. Offered an engineer for the "
     "next call."},
    {"Follow-up call", "Could not reach {name}; no call back. To mail the goals we agreed at kick-off once more."}};
constexpr Note value_realised[] = {
    {"Measuring the effect",
     "Worked out with {name} that about 40 hours of arranging meetings a month are saved. It goes to their board."},
    {"Monthly meeting",
     "New joiners are now onboarded entirely in the product. HR wants to move more procedures over."},
    {"Customer story",
     "{name} agreed in principle to a public story. Interview next month after their press team's approval."},
    {"Monthly meeting",
     "Questions between offices are solved the same day in chat. Co-editing for all departments comes next."},
    {"Monthly meeting",
     "They report half the time spent on arranging meetings. {name} wants to show it to other offices. To ask about a "
     "customer story."},
    {"Quarterly review",
     "Reached the goal of 80% digital approvals; the board noticed. Agreed on merging file shares as the next goal."},
    {"Working session",
     "Reworked approval routes by department. Paper requests are almost gone. Expense claims come next."},
    {"Monthly meeting",
     "Usage is strong and teams bring their own ideas. Discussed an internal showcase with {name}."}};
constexpr Note steady[] = {
    {"Usage by team",
     "Shared usage by department. Sales is active, production has yet to start. {name} will collect feedback."},
    {"House rules",
     "Channels have become hard to find. Suggested naming rules and a clean-up; review with {name} at month end."},
    {"Short call", "Nothing urgent. Chatted about next year's organisation. Keep the current rhythm of meetings."},
    {"Security settings",
     "Explained two-factor log-in. Administrators go first, everybody else follows. To ask about progress."},
    {"Monthly meeting",
     "Mostly questions about room booking, all answered. {name} lists candidate requests for workflow."},
    {"Monthly meeting",
     "Reviewed usage, no major issues. Answered small questions. Will present new features next time."},
    {"Check-in",
     "Explained how to swap users after a reorganisation. {name} stays our contact. No concerns about the renewal "
     "mentioned."},
    {"Monthly meeting",
     "Chat and calendar are settled. File sharing is used by some teams only. To send a how-to guide."},
    {"What is new", "Walked through this month's features. Interest in co-editing; {name} will choose a pilot team."}};
constexpr Note declining[] = {
    {"Monthly meeting",
     "Another department is trying a competing tool. {name} waits and sees. To prepare a comparison and ask for a talk "
     "with management."},
    {"Usage report",
     "Showed that clearly fewer people came back over three months. They do not know why. Proposed a short survey."},
    {"Lower usage",
     "Some teams use it less. It is unclear which tool is for what. Proposed short interviews with team leads."},
    {"Monthly meeting",
     "\"We have not had time to look at it.\" Less enthusiasm than before. To invite {name}'s manager next time."},
    {"Follow-up call",
     "Asked about fewer log-ins. They blame the busy season, yet it is below last year's. Offered a usage review."},
    {"Meeting (shortened)",
     "Cut to 15 minutes on their side. They asked for a cost-benefit paper, probably for the renewal. To prepare at "
     "once."}};
constexpr Note champion_gone[] = {
    {"Who takes over",
     "No successor named after our champion left. Teams keep working as before for now. Asked {name} to name a "
     "contact."},
    {"Handover meeting",
     "There are no handover notes. Explained the original goals again and offered to repeat the admin training."},
    {"Introduction",
     "Met the new team. They do not know the product well yet. Setting up a usage report meeting first."}};
constexpr Note outgrowing[] = {
    {"More seats", "They have nearly used all {seats} seats and want it in a new office. To send a quote for more."},
    {"Company-wide roll-out",
     "{name} shared next year's hiring plan. Discussed timing and budget for more seats. Expansion is likely."},
    {"Monthly meeting",
     "People are waiting for an invitation because seats are taken. To compare adding now with adding at renewal."}};
constexpr Note poor_service[] = {
    {"Apology for the incident",
     "Teams are unhappy with slow pages. Explained cause and measures. {name} wants a date for the fix."},
    {"Support response",
     "Complaint about slow answers. Showed the priority channel. Will report on progress next week."},
    {"Urgent call", "Delayed notifications hurt their work. Engineering is on it. Promised a daily update."}};
constexpr Note leaving[] = {
    {"Offboarding",
     "Confirmed data export and the shut-down date. {name} thanked us for the support. To record the reasons."},
    {"Data export", "Explained the export steps and the terms for coming back."}};

constexpr Note kick_off[] = {
    {"Kick-off",
     "Goals: one place for internal communication, less time arranging meetings. {name} is the champion. Start with "
     "{seats} seats, everybody within two months."},
    {"Kick-off",
     "Background: fewer requests on paper and by mail. Agreed on team and schedule. First admin training next week."}};
constexpr Note renewal_talk[] = {
    {"Renewal intentions",
     "Asked about the next term. It goes to their budget meeting. To send {name} a usage summary for the decision."},
    {"Renewal meeting",
     "Went through timing and expected seats (now {seats}). They shared approval steps and deadlines. Preparing the "
     "quote."}};
constexpr Note cancellation[] = {
    {"Notice of cancellation",
     "They will not renew. To ask for the reasons and confirm with {name} what help they need until the end."},
    {"Cancellation",
     "Received notice. Asked if it could be reconsidered; it is already approved on their side. To explain data "
     "return."}};
constexpr Note champion_farewell[] = {
    {"Champion is leaving",
     "{name}, who drove the roll-out, is moving on. No successor yet. To assess the impact and ask for a new contact "
     "soon."},
    {"Change of contact", "{name} said goodbye. Trying to arrange a handover. To watch usage closely."}};

constexpr const char* questions[] = {
    "How to import users from CSV",      "Who can see my calendar entries", "What happens to the data of leavers",
    "How to change an approval route",   "Logging in from a phone",         "How folder permissions work",
    "Can guests join a meeting",         "Where to find the audit log",     "Moving people between groups",
    "How to turn off mail notifications"};
constexpr const char* bugs[] = {"Recurring entry is not saved", "Notifications sometimes do not arrive",
                                "Attachment name is garbled",   "Approve button does not respond",
                                "Search shows outdated files",  "Room can be booked twice",
                                "Blank screen after app update"};
constexpr const char* performance[] = {"Pages load slowly in the morning", "Upload stops half way",
                                       "Audio drops in video meetings", "Search takes very long",
                                       "Service hard to reach since this morning"};
constexpr const char* billing[] = {"Change of invoice address", "Invoice after adding seats",
                                   "Please reissue the quote", "Change of payment method", "Tax number on the invoice"};
constexpr const char* requests[] = {"Usage report by department", "Several deputies for approvals",
                                    "More print layouts for calendars", "Integration with our CRM",
                                    "Retention period per folder"};

constexpr const char* delighted[] = {"Arranging meetings has become so much easier.",
                                     "Our teams really like it.",
                                     "Almost no paper requests any more.",
                                     "Support is always kind and quick.",
                                     "Offices talk to each other faster now.",
                                     "Finding information takes seconds.",
                                     ""};
constexpr const char* content[] = {"Good overall; search could be faster.",
                                   "The basics are fine, we would like to learn more.",
                                   "Only some departments use it so far.",
                                   "No complaints.",
                                   "Hoping for a better mobile app.",
                                   "",
                                   ""};
constexpr const char* disappointed[] = {"Few of us use it; hard to justify the cost.",
                                        "Set-up was difficult and it never caught on.",
                                        "Other tools cover what we need.",
                                        "Since our lead left nothing has moved.",
                                        "We do not see the results we hoped for.",
                                        ""};
constexpr const char* complaints[] = {"It has been slow lately and that hurts our work.",
                                      "Support takes too long to answer.", "One bug after another; people are annoyed.",
                                      "Please tell us when this will be fixed."};

constexpr const char* webinars[] = {"First steps for administrators", "Getting more out of chat",
                                    "Going paperless with workflow",  "Tidy files, happy teams",
                                    "What is new this month",         "How other customers use it"};
constexpr const char* courses[] = {"Basics", "Administrator course", "Designing workflows", "Information security"};

}  // namespace

const Phrasebook& phrasebook_en() {
  static const Phrasebook book{
      {going_live, stalled, value_realised, steady, declining, champion_gone, outgrowing, poor_service, leaving},
      {kick_off, renewal_talk, cancellation, champion_farewell},
      {questions, bugs, performance, billing, requests},
      {delighted, content, disappointed},
      complaints,
      webinars,
      courses,
      "Tsudoi User Day"};
  return book;
}

}  // namespace banso::simulation
