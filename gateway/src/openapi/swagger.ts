export { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
