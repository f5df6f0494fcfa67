import type { Texts } from './texts.js';

export const ar: Texts = {
  patient: {
    'appointment-requested': {
      title: 'تم إرسال الطلب',
      body: 'تم إرسال طلب موعدك مع {name} بتاريخ {when}. سنعلمك بالرد.',
    },
    'appointment-accepted': { title: 'تم تأكيد الموعد', body: 'قبل {name} موعدك بتاريخ {when}.' },
    'appointment-rejected': {
      title: 'تم رفض الموعد',
      body: 'تعذّر على {name} قبول موعدك بتاريخ {when}. اختر موعدًا آخر.',
    },
    'appointment-cancelled': { title: 'تم إلغاء الموعد', body: 'ألغى {name} موعدك بتاريخ {when}.' },
    'appointment-cancelled-by-reader': {
      title: 'تم إلغاء الموعد',
      body: 'لقد ألغيت موعدك مع {name} بتاريخ {when}.',
    },
    'appointment-completed': { title: 'انتهت الاستشارة', body: 'انتهت استشارتك مع {name} بتاريخ {when}.' },
    'appointment-missed': { title: 'موعد فائت', body: 'كان {name} في انتظارك بتاريخ {when}.' },
    'appointment-expired': {
      title: 'انتهت صلاحية الطلب',
      body: 'لم يرد {name} في الوقت المناسب على طلبك بتاريخ {when}.',
    },
    'appointment-rescheduled': {
      title: 'تم تغيير الموعد',
      body: 'تم تغيير موعدك مع {name} إلى {when}.',
    },
    'appointment-rescheduled-unanswered': {
      title: 'تم تغيير الموعد، بانتظار الرد',
      body: 'طلبت تغيير موعدك مع {name} إلى {when}. سيتم إعلامك فور الرد.',
    },
    'appointment-reschedule-proposed': {
      title: 'تم اقتراح موعد آخر عليك',
      body: 'يقترح {name} تغيير موعدك إلى {when}. اقبل الاقتراح أو احتفظ بموعدك.',
    },
    'appointment-reschedule-lapsed': {
      title: 'انتهت صلاحية الاقتراح',
      body: 'لم تردّ في الوقت المناسب على الموعد الذي اقترحه {name}: يبقى موعدك بتاريخ {when}.',
    },
    'appointment-accepted-due': {
      title: 'تم تأكيد الموعد',
      body: 'قبل {name} موعدك يوم {when}. يمكنك الآن دفع {amount}.',
    },
    'appointment-expired-unpaid': {
      title: 'لم يُدفع ثمن الموعد',
      body: 'لم يُدفع ثمن الموعد يوم {when} مع {name} في الوقت المحدد: أصبح متاحًا من جديد ولم يُخصم شيء.',
    },
    'appointment-hold-lost': {
      title: 'فُقد الموعد وأُعيد المبلغ',
      body: 'وصل دفعك بعد انتهاء مهلة الموعد يوم {when} مع {name} وحجزه من قبل غيرك. سيُعاد إليك المبلغ كاملًا.',
    },
    'appointment-cancelled-unavailable': {
      title: 'تم إلغاء الموعد',
      body: 'لم يعد بإمكان {name} استقبالك: أُلغي موعدك بتاريخ {when}. سيُعاد إليك كل ما دفعته. اختر طبيبًا آخر.',
    },
    'appointment-cancelled-unsuitable': {
      title: 'الفيديو غير مناسب لحالتك',
      body: 'رأى {name} أن الفيديو غير مناسب لحالتك: لن تدفع شيئًا عن موعد {when}. يمكنك حجز موعد حضوري.',
    },
    'appointment-doctor-unavailable': {
      title: 'لم يعد بإمكان طبيبك استقبالك',
      body: 'لم يعد بإمكان {name} استقبالك بتاريخ {when}: اختر موعدًا لدى طبيب آخر أو ألغِ الموعد. سيُعاد إليك المبلغ كاملًا.',
    },
    'appointment-doctor-available': {
      title: 'موعدك قائم',
      body: 'يمكن لـ{name} استقبالك من جديد: موعدك بتاريخ {when} قائم.',
    },
    'payment-authorised': {
      title: 'تمت الموافقة على الدفع',
      body: 'تمت الموافقة على دفع {amount} لموعدك مع {name}، ولن يُخصم المبلغ إلا إذا قُبل الموعد.',
    },
    'payment-captured': {
      title: 'تم تأكيد الدفع',
      body: 'تم تأكيد دفع {amount} لموعدك مع {name}. الإيصال مرفق بالبريد الإلكتروني.',
    },
    'payment-failed': {
      title: 'رُفض الدفع',
      body: 'رُفض دفع {amount} لموعدك مع {name}. ادفع ببطاقة أخرى.',
    },
    'payment-pending': {
      title: 'دفع بانتظار التأكيد',
      body: 'يطلب بنكك تأكيد دفع {amount} لموعدك مع {name}.',
    },
    'payment-refunded': {
      title: 'استرداد',
      body: 'أُعيد إليك مبلغ {amount} عن موعدك مع {name}.',
    },
    'payment-voided': {
      title: 'لم يُخصم شيء',
      body: 'أُلغي دفع {amount} الموافق عليه لموعدك مع {name}: لن يُخصم منك شيء.',
    },
    'review-invited': {
      title: 'رأيك يهمنا',
      body: 'كيف كانت استشارتك مع {name}؟ تقييمها لا يستغرق إلا دقيقة.',
    },
    'review-answered': { title: 'رد على تقييمك', body: 'رد {name} على تقييمك.' },
    'record-entry-added': { title: 'أُضيف إلى ملفك', body: 'أضاف {name} عناصر إلى ملفك الطبي.' },
    'emergency-access-opened': {
      title: 'وصول طارئ إلى ملفك',
      body: 'فتح {name} ملفك في حالة طوارئ لمدة أربع ساعات وللقراءة فقط. سيراجع أحد المشرفين هذا الوصول.',
    },
    'message-received': { title: 'رسالة في انتظارك', body: 'كتب إليك {name}. اقرأ الرسالة في MedFlow.' },
    'review-hidden': {
      title: 'تم إخفاء التعليق',
      body: 'أخفى أحد المشرفين تعليقك على {name}، وتبقى نجومك محتسبة.',
    },
  },
  doctor: {
    'appointment-requested': { title: 'طلب موعد جديد', body: 'يطلب {name} موعدًا بتاريخ {when}.' },
    'appointment-accepted': { title: 'تم تأكيد الموعد', body: 'تم تأكيد الموعد مع {name} بتاريخ {when}.' },
    'appointment-cancelled': { title: 'تم إلغاء الموعد', body: 'ألغى {name} الموعد بتاريخ {when}.' },
    'appointment-cancelled-by-reader': {
      title: 'تم إلغاء الموعد',
      body: 'لقد ألغيت الموعد مع {name} بتاريخ {when}.',
    },
    'appointment-expired': { title: 'انتهت صلاحية الطلب', body: 'انتهت صلاحية طلب {name} بتاريخ {when} دون رد.' },
    'appointment-rescheduled': {
      title: 'تم تغيير الموعد',
      body: 'تم تغيير الموعد مع {name} إلى {when}.',
    },
    'appointment-rescheduled-unanswered': {
      title: 'تم تغيير الموعد، بانتظار تأكيدك',
      body: 'يطلب {name} تغيير موعده إلى {when}. اقبل الطلب أو ارفضه.',
    },
    'appointment-reschedule-declined': {
      title: 'الموعد دون تغيير',
      body: 'يفضّل {name} الاحتفاظ بموعده بتاريخ {when}.',
    },
    'appointment-reschedule-lapsed': {
      title: 'انتهت صلاحية الاقتراح',
      body: 'لم يردّ {name} في الوقت المناسب على الموعد الذي اقترحته: يبقى الموعد بتاريخ {when}.',
    },
    'payment-captured': { title: 'تم استلام دفعة', body: 'دفع {name} مبلغ {amount}.' },
    'payment-refunded': { title: 'استرداد', body: 'أُعيد مبلغ {amount} إلى {name}.' },
    'message-received': { title: 'رسالة في انتظارك', body: 'كتب إليك {name}. اقرأ الرسالة في MedFlow.' },
    'review-submitted': { title: 'تقييم جديد', body: 'قيّم {name} إحدى الاستشارات.' },
  },
  account: {
    verification: {
      title: 'أكّد عنوانك',
      body: 'استُخدم هذا العنوان لإنشاء حساب في MedFlow. أكّد أنه لك؛ الرابط صالح لمدة 24 ساعة. إذا لم تنشئ حسابًا فتجاهل هذه الرسالة: لن يُرسل إليك شيء آخر.',
    },
    recovery: {
      title: 'اختر كلمة مرور جديدة',
      body: 'طلب أحدهم تغيير كلمة مرور حسابك في MedFlow. إن كنت أنت فالرابط صالح لمدة ساعة ويُستعمل مرة واحدة. وإلا فتجاهل هذه الرسالة: لن تتغير كلمة مرورك.',
    },
    'credentials-changed': {
      title: 'تغيّرت كلمة مرورك',
      body: 'تم للتو تغيير كلمة مرور حسابك في MedFlow وتسجيل خروج أجهزتك الأخرى. إن لم تكن أنت، فاستعد حسابك فورًا.',
    },
    suspended: {
      title: 'تم إيقاف حسابك',
      body: 'أوقف أحد المشرفين حسابك في MedFlow: لم يعد بإمكانك استعماله. يظهر السبب عند محاولة تسجيل الدخول.',
    },
    reinstated: {
      title: 'أُعيد تفعيل حسابك',
      body: 'لم يعد حسابك في MedFlow موقوفًا: يمكنك تسجيل الدخول من جديد.',
    },
  },
  stranger: { patient: 'طبيبك', doctor: 'مريض' },
  doctorTitle: 'د.',
  letter: {
    greeting: 'مرحبًا {name}،',
    unnamedGreeting: 'مرحبًا،',
    bundle: {
      title:
        '{count, plural, one {إشعار واحد} two {إشعاران} few {# إشعارات} many {# إشعارًا} other {# إشعار}} من MedFlow',
      body: 'إليك ما حدث، بالترتيب:',
    },
    ways: {
      notifications: { button: 'عرض إشعاراتي', link: 'عرض إشعاراتي: {url}' },
      answer: { button: 'الرد على الطلب', link: 'الرد على الطلب: {url}' },
      appointment: { button: 'عرض الموعد', link: 'عرض الموعد: {url}' },
      message: { button: 'قراءة الرسالة', link: 'قراءة الرسالة: {url}' },
      pay: { button: 'ادفع', link: 'ادفع: {url}' },
      payments: { button: 'مدفوعاتي', link: 'مدفوعاتي: {url}' },
      record: { button: 'عرض ملفي', link: 'ملفك: {url}' },
      rate: { button: 'إبداء رأيي', link: 'إبداء رأيي: {url}' },
      verify: { button: 'تأكيد عنواني', link: 'تأكيد عنواني: {url}' },
      recover: { button: 'اختيار كلمة مرور', link: 'اختيار كلمة مرور: {url}' },
      secure: { button: 'لم أكن أنا', link: 'لم أكن أنا: {url}' },
      signIn: { button: 'تسجيل الدخول', link: 'تسجيل الدخول: {url}' },
      reviews: { button: 'قراءة التقييم', link: 'قراءة التقييم: {url}' },
    },
    footer: 'تكتب لك MedFlow لأن لديك حسابًا. لا تُرسل أي معلومات طبية بالبريد الإلكتروني.',
  },
};
